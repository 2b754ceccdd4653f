// Encrypts every page of a folder in one process, and copies what is no page:
//     node pagecrypt.mjs IN OUT ITERATIONS < password
// PageCrypt's own command takes one file and starts Node for each. Four at a time: its key
// derivations run in threads.
import { readFileSync, readdirSync, mkdirSync, copyFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { encryptHTML } from "pagecrypt/core";

const [source, target, iterations] = process.argv.slice(2);
const password = readFileSync(0, "utf8").trim();
const waiting = readdirSync(source, { recursive: true, withFileTypes: true })
	.filter((one) => one.isFile())
	.map((one) => join(one.parentPath ?? one.path, one.name));

const work = async () => {
	for (let place = waiting.pop(); place; place = waiting.pop()) {
		const made = join(target, place.slice(source.length + 1));
		mkdirSync(dirname(made), { recursive: true });
		if (place.endsWith(".html")) {
			writeFileSync(made, await encryptHTML(readFileSync(place, "utf8"), password, +iterations));
		} else {
			copyFileSync(place, made);
		}
	}
};
await Promise.all([work(), work(), work(), work()]);
