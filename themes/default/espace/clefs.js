/* The sealed format v1, as a browser opens it: the twin of cq/seal, told byte by byte in
   docs/formats/seal-v1.md. Knows no page and no server: keys, texts and streams in, values out. */
const CHUNK = 65_536; // bytes of text; TAG more once encrypted
const [TAG, NONCE, HEAD, INNER] = [16, 12, 73, 4096];
const WORDS = 8;
const [LEAST, MOST] = [600_000, 10_000_000]; // iterations: fewer are weak, more are a trap
const LARGEST = 1 << 28; // characters of acces.json
const HELD = 1 << 24; // bytes of an opened file before they are handed to a Blob
const PAGE = 1 << 26; // bytes of a text once unpacked
const SPACE = /^(?=.{1,200}$)(?:conseillers|[qg]-[a-z0-9]+(?:-[a-z0-9]+)*)$/;
const HEADER = /^\{"c":65536,"v":1,"x":"([\w-]{43})"\}$/;
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", Œ: "oe", Æ: "ae", ẞ: "ss" };
const utf8 = new TextEncoder();

/* What is told to whoever reads, by a name: its words stand in the page (`cq_cas`). */
class Fault extends Error {}
/* A file that is not the one its manifest lists: the site was perhaps published meanwhile. */
class Stale extends Fault {}

const joined = (one, other) => {
	const made = new Uint8Array(one.length + other.length);
	made.set(one);
	made.set(other, one.length);
	return made;
};
const b64 = (bytes) => btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""))
	.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
/* One spelling only: what another text would decode to as well is refused. */
const unb64 = (text, length) => {
	const plain = String(text).replace(/-/g, "+").replace(/_/g, "/");
	const bytes = Uint8Array.from(atob(plain), (one) => one.charCodeAt(0));
	if (b64(bytes) !== text || (length && bytes.length !== length)) throw new RangeError();
	return bytes;
};

/* Keys */

const imported = (bytes, name, uses) => crypto.subtle.importKey("raw", bytes, name, false, uses);
const keyed = (bytes) => imported(bytes, "HKDF", ["deriveBits", "deriveKey"]);
const info = (salt, text) => ({ name: "HKDF", hash: "SHA-256", salt, info: utf8.encode(text) });
const derived = async (key, salt, text, length) => new Uint8Array(
	await crypto.subtle.deriveBits(info(salt, text), key, 8 * length),
);
const opener = (key, salt, text) => crypto.subtle.deriveKey(
	info(salt, text), key, { name: "AES-GCM", length: 256 }, false, ["decrypt"],
);

/* The 32 bytes of a root. PBKDF2 gives no HKDF key by itself, hence bytes for a moment. */
const ofPhrase = async (phrase, { salt, iterations }) => new Uint8Array(
	await crypto.subtle.deriveBits(
		{ name: "PBKDF2", hash: "SHA-256", salt, iterations },
		await imported(utf8.encode(phrase), "PBKDF2", ["deriveBits"]), 256,
	),
);
const ofToken = async (token, { site }) => derived(
	await keyed(unb64(token, 16)), site, "cq/1/link-root", 32,
);
/* Under which name a device keeps what it has seen of a space: it tells no space. */
const seenAs = async (root, { site }, space) => b64(
	await derived(root, site, `cq/1/seen\n${space}`, 16),
);

/* Phrases, however they are typed */

const folded = (text) => text.replace(/[œæßŒÆẞ]/g, (one) => LIGATURES[one])
	.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}]/gu, "");
const tokens = (text) => folded(text).match(/[a-z0-9]+/g) || [];
const ABBREVIATION = 4;
/* `known`: the folded word of each four letters. */
const completed = (token, known) => (
	token.length >= ABBREVIATION ? known.get(token.slice(0, ABBREVIATION)) : undefined
);
const norm = (typed, known) => {
	const typedIn = tokens(typed);
	const words = typedIn.map((token) => completed(token, known));
	return (typedIn.length === WORDS && words.every(Boolean) ? words : typedIn).join("-");
};

/* acces.json */

const access = (text) => {
	let [read, found] = [undefined, undefined];
	try {
		read = text.length <= LARGEST && JSON.parse(text);
	} catch {
		// said below
	}
	if (!read || read.f !== "cq-acces") {
		throw new Fault("acces");
	}
	if (read.v !== 1 || read.kdf?.alg !== "PBKDF2-SHA256") {
		throw new Fault("nouveau");
	}
	const iterations = read.kdf.iter;
	if (!Number.isInteger(iterations) || iterations < LEAST || iterations > MOST) {
		throw new Fault("faible");
	}
	try {
		found = { site: unb64(read.site, 16), salt: unb64(read.kdf.salt, 16), iterations };
		found.slots = new Map(Object.entries(read.slots));
		for (const [tag, slot] of found.slots) {
			if (unb64(tag, 16) && !/^[\w-]{720,}$/.test(slot)) throw new RangeError(); // 540 bytes
		}
		if (Array.isArray(read.slots)) throw new RangeError();
	} catch {
		throw new Fault("acces");
	}
	return found;
};
const tagOf = async (root, { site }) => b64(await derived(root, site, "cq/1/slot-tag", 16));
/* The spaces that a root opens, by their ids; undefined where it has no slot. */
const spaces = async (root, { site, slots }) => {
	const tag = await tagOf(root, { site });
	if (!slots.has(tag)) return undefined;
	const found = new Map();
	try {
		const value = unb64(slots.get(tag));
		const text = await crypto.subtle.decrypt(
			{ name: "AES-GCM", iv: value.subarray(0, NONCE), additionalData: utf8.encode(`cq/1/slot\n${b64(site)}\n${tag}`) },
			await opener(root, site, "cq/1/slot-kek"), value.subarray(NONCE),
		);
		const held = Object.entries(JSON.parse(new TextDecoder().decode(text)).e);
		for (const [space, [epoch, secret]] of held) {
			if (!SPACE.test(space) || !Number.isInteger(epoch) || epoch < 1) throw new RangeError();
			found.set(space, { site, space, epoch, key: await keyed(unb64(secret, 32)) });
		}
	} catch {
		throw new Fault("votre-acces");
	}
	return found;
};
const manifestId = async ({ site, space, epoch, key }) => b64(
	await derived(key, site, `cq/1/manifest-id\n${space}\n${epoch}`, 16),
);

/* Sealed files */

/* The padded text, piece by piece: none is given before it is known to be whole and in place.
   `x` is what the manifest lists; the manifest itself is listed nowhere. */
const pieces = async function* (own, id, stream, x) {
	const reader = stream.getReader();
	let [rest, done] = [new Uint8Array(0), false];
	const filled = async (size) => {
		while (!done && rest.length < size) {
			const got = await reader.read();
			done = got.done;
			if (!done) rest = joined(rest, got.value);
		}
	};
	try {
		await filled(HEAD);
		const header = rest.slice(0, HEAD);
		const words = new TextDecoder("latin1").decode(header);
		const told = HEADER.exec(words.slice(6));
		if (!words.startsWith("CQE1\0\x43") || !told) {
			throw new Fault(/^CQE(?:[^1]|1.*"v":(?!1\D))/s.test(words) ? "nouveau" : "abime");
		}
		if (x !== undefined && told[1] !== x) {
			throw new Stale("autre");
		}
		const context = `cq/1/file\n${own.space}\n${own.epoch}\n${id}\n`;
		const key = await opener(own.key, unb64(told[1], 32), context);
		const additionalData = joined(utf8.encode(context), header);
		rest = rest.subarray(HEAD);
		for (let number = 0, last = false; !last; number++) {
			await filled(CHUNK + TAG + 1);
			last = rest.length <= CHUNK + TAG;
			const iv = new Uint8Array(NONCE);
			new DataView(iv.buffer).setUint32(7, number);
			iv[11] = last ? 1 : 0;
			const piece = rest.subarray(0, CHUNK + TAG);
			yield new Uint8Array(
				await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, piece),
			);
			rest = rest.subarray(CHUNK + TAG);
		}
	} finally {
		reader.cancel().catch(() => {}); // what is refused is not read to its end
	}
};
const unpacked = async (packed, most) => {
	const found = [];
	let length = 0;
	const reader = packed.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
	const next = () => reader.read().catch(() => { throw new RangeError(); });
	for (let got = await next(); !got.done; got = await next()) {
		length += got.value.length;
		if (length > most) throw new RangeError();
		found.push(got.value);
	}
	return found;
};
/* What the sealed file `id` holds: { type, name, body }, the body a Blob that says no type. */
const opened = async (own, id, stream, { x, most = PAGE, progress = () => {} } = {}) => {
	let [inner, left, found, held] = [undefined, 0, [], 0];
	try {
		for await (let piece of pieces(own, id, stream, x)) {
			if (!inner) {
				const size = new DataView(piece.buffer).getUint32(0);
				if (size > INNER) throw new RangeError();
				inner = JSON.parse(new TextDecoder().decode(piece.subarray(4, 4 + size)));
				if (!Number.isSafeInteger(inner.l) || inner.l < 0) throw new RangeError();
				left = inner.l;
				piece = piece.subarray(4 + size);
			}
			found.push(piece.subarray(0, left));
			if (piece.subarray(left).some((one) => one)) throw new RangeError();
			left -= Math.min(left, piece.length);
			held += piece.length;
			if (held >= HELD) [found, held] = [[new Blob(found)], 0];
			progress(inner.l - left, inner.l);
		}
		if (left || (inner.z && inner.z !== "gzip")) throw new RangeError();
		if (inner.z) found = await unpacked(new Blob(found), most);
		return { type: String(inner.t), name: String(inner.n || ""), body: new Blob(found) };
	} catch (fault) {
		// A network that fails says TypeError, and is no damage.
		throw fault instanceof Fault || fault instanceof TypeError ? fault : new Fault("abime");
	}
};
