/* What this device keeps of a site's sealed spaces, and what its tabs tell each other. Never a
   phrase nor bytes of a key: keys that no script can read back, and numbers of what was seen. */
const DAYS = 30;
const PATIENCE = 300; // milliseconds that another tab has to answer
const [KEY, SEEN] = ["clef", "vu"]; // the two stores; one record in the first
const settled = (asked) => new Promise((resolve, reject) => {
	asked.onsuccess = () => resolve(asked.result);
	asked.onerror = () => reject(asked.error);
	asked.onblocked = asked.onerror;
});

class Memory {
	/* Two sites may share an origin: each has a base of its own. */
	constructor(site) { this.name = `cq-espace ${b64(site)}`; }
	async ask(store, mode, what) {
		this.base ||= await (() => {
			const asked = indexedDB.open(this.name, 1);
			asked.onupgradeneeded = () => [KEY, SEEN].map((one) => asked.result.createObjectStore(one));
			return settled(asked);
		})();
		return settled(what(this.base.transaction(store, mode).objectStore(store)));
	}
	/* Keep what opens the slot of `root` (bytes) for thirty days; whether it can be read back.
	   The root and not the spaces' keys: after a rotation nobody notices, and whoever was
	   revoked is out at the next visit. AES keys, since Safari loses HKDF ones. */
	async remember(bytes, access) {
		try {
			const key = await crypto.subtle.generateKey(
				{ name: "AES-GCM", length: 256 }, false, ["encrypt", "unwrapKey"],
			);
			const iv = crypto.getRandomValues(new Uint8Array(12));
			const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes);
			const until = Date.now() + DAYS * 86_400_000;
			await this.ask(KEY, "readwrite", (store) => store.put({ key, iv, data, until }, KEY));
			const again = await this.recall();
			return await tagOf(again, access) === await tagOf(await keyed(bytes), access);
		} catch {
			await this.forget();
			return false;
		}
	}
	/* The root kept here, as a key that is only used; undefined where there is none. */
	async recall() {
		try {
			const kept = await this.ask(KEY, "readonly", (store) => store.get(KEY));
			if (!kept) return undefined;
			if (!(kept.until > Date.now())) return void await this.forget();
			return await crypto.subtle.unwrapKey(
				"raw", kept.data, kept.key, { name: "AES-GCM", iv: kept.iv }, "HKDF", false,
				["deriveBits", "deriveKey"],
			);
		} catch {
			return undefined;
		}
	}
	async forget() {
		await this.ask(KEY, "readwrite", (store) => store.clear()).catch(() => {});
	}
	async forgetAll() {
		await this.forget();
		await this.ask(SEEN, "readwrite", (store) => store.clear()).catch(() => {});
	}
	/* Whether [epoch, build] is no older than what this device saw of a space; kept if newer.
	   A browser that keeps nothing has seen nothing. */
	async isNewest(name, [epoch, build]) {
		try {
			const [last, number] = await this.ask(SEEN, "readonly", (store) => store.get(name)) || [0, 0];
			if (epoch < last || (epoch === last && build < number)) return false;
			await this.ask(SEEN, "readwrite", (store) => store.put([epoch, build], name));
		} catch {
			// private windows of some browsers
		}
		return true;
	}
}

/* The other tabs of this site: one that is open hands its root to a new one; one that is
   closed closes all. */
class Tabs {
	constructor(site, { root, closed }) {
		this.channel = new BroadcastChannel(`cq-espace ${b64(site)}`);
		this.channel.onmessage = ({ data }) => {
			if (data === "ouvert ?" && root()) this.channel.postMessage({ root: root() });
			else if (data === "fermé") closed();
			else if (data?.root instanceof CryptoKey) this.heard?.(data.root);
		};
	}
	ask() {
		return new Promise((resolve) => {
			this.heard = resolve;
			setTimeout(resolve, PATIENCE);
			this.channel.postMessage("ouvert ?");
		});
	}
	close() { this.channel.postMessage("fermé"); }
}
