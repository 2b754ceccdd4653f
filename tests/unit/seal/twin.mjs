// Reads the examples of the sealed format with the browser's own script, in Node:
//     node twin.mjs clefs.js seal-v1.json words.txt
// One line for each example that is not read as it should be; nothing when all are.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import vm from "node:vm";

const [script, place, list] = process.argv.slice(2);
const vectors = JSON.parse(readFileSync(place, "utf8"));
const names = ["norm", "folded", "access", "spaces", "ofPhrase", "ofToken", "tagOf", "manifestId",
	"opened", "keyed", "b64", "unb64"];
const twin = vm.runInThisContext(`(() => {${readFileSync(script, "utf8")}
	return { ${names.join(", ")} };
})()`, { filename: script });

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const bytes = (text) => new Uint8Array(Buffer.from(text, "hex"));
const plain = (text) => new Uint8Array(Buffer.from(text, "base64url"));
const digest = async (data) => hex(await crypto.subtle.digest("SHA-256", data));
const check = (what, found, wanted) => {
	const [one, other] = [found, wanted].map((value) => JSON.stringify(value));
	if (one !== other) console.log(`${what}: ${one} instead of ${other}`);
};
const refused = async (what, made) => {
	try {
		await made();
	} catch {
		return;
	}
	console.log(`${what}: not refused`);
};

const words = readFileSync(list, "utf8").split("\n").filter(Boolean);
const known = new Map(words.map((word) => [word.slice(0, 4), word]));
for (const { why, typed, norm } of vectors.norm) {
	check(`norm, ${why}`, twin.norm(typed, known), norm);
}

const head = twin.access(vectors.access.text);
const { site, salt, iterations } = head;
check("site", [hex(site), hex(salt), iterations], [vectors.site, vectors.salt, vectors.iterations]);
const phrase = await twin.ofPhrase(vectors.phrase.norm, head);
const token = await twin.ofToken(vectors.token.token, head);
for (const [name, bits] of Object.entries({ phrase, token })) {
	check(`root, ${name}`, hex(bits), vectors[name].root);
	const root = await twin.keyed(bits);
	check(`tag, ${name}`, await twin.tagOf(root, head), vectors[name].tag);
	const spaces = await twin.spaces(root, head);
	const wanted = Object.entries(vectors.access.opens[name]);
	check(`spaces, ${name}`, [...spaces.values()].map(({ space, epoch }) => [space, epoch]).sort(),
		wanted.map(([space, [epoch]]) => [space, epoch]).sort());
}
const slot = { site, slots: new Map([[vectors.slot.tag, vectors.slot.value]]) };
const own = (await twin.spaces(await twin.keyed(phrase), slot)).get(vectors.space.space);
check("epoch", own.epoch, vectors.space.epoch);
check("manifest", await twin.manifestId(own), vectors.space.manifest_id);
for (const { why, put } of vectors.access_refused) {
	const fields = JSON.parse(vectors.access.text);
	put.slice(0, -2).reduce((at, key) => at[key], fields)[put.at(-2)] = put.at(-1);
	// What stands in another's slot, no reader has to look at.
	if (put[0] !== "slots") await refused(`acces, ${why}`, () => twin.access(JSON.stringify(fields)));
}

const stored = ({ file, data }) => (
	file ? new Uint8Array(readFileSync(join(dirname(place), file))) : plain(data)
);
const read = (key, id, data, x) => twin.opened(key, id, new Blob([data]).stream(), { x });
const files = new Map(vectors.files.map((one) => [one.name, one]));
for (const one of files.values()) {
	const found = await read(own, one.id, stored(one), one.x);
	const body = new Uint8Array(await found.body.arrayBuffer());
	check(`file, ${one.name}`, [found.type, found.name, body.length], [one.media, one.title, one.length]);
	check(`body, ${one.name}`, await digest(body), one.body_sha256 ?? await digest(plain(one.body)));
	await refused(`x, ${one.name}`, () => read(own, one.id, stored(one), vectors.files.at(one.name === "bonjour" ? 1 : 0).x));
}

const [HEAD, STEP] = [73, 65_552];
const changed = (data, one) => {
	const chunks = [];
	for (let at = HEAD; at < data.length; at += STEP) chunks.push(data.slice(at, at + STEP));
	const whole = (some) => Buffer.concat([data.slice(0, HEAD), ...some]);
	if ("flip" in one) {
		const other = data.slice();
		other[one.flip] ^= 1;
		return other;
	}
	if ("keep" in one) return data.slice(0, one.keep);
	if ("append" in one) return Buffer.concat([data, bytes(one.append)]);
	if ("drop" in one) return whole(chunks.filter((_, number) => number !== one.drop));
	if (one.swap) [chunks[one.swap[0]], chunks[one.swap[1]]] = [chunks[one.swap[1]], chunks[one.swap[0]]];
	if (one.copy) chunks[one.copy[1]] = chunks[one.copy[0]];
	return whole(chunks);
};
for (const one of vectors.refused) {
	const file = files.get(one.file);
	const other = { ...own, space: one.space ?? own.space, epoch: one.epoch ?? own.epoch };
	await refused(one.why, () => read(other, one.id ?? file.id, changed(stored(file), one)));
}
for (const { why, id, must, data } of vectors.texts_refused) {
	if (must) await refused(why, () => read(own, id, plain(data)));
}
