// Verifies draws with the script of the page, in Node:
//     node twin.mjs verifier.html < jobs.json
// A job is the public files of a draw by name, in base64 (and, if need be, `previous` and what was
// announced); the answer, in their order, the state of each light with its sentences.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const [place] = process.argv.slice(2);
const [, script] = /<script>([^]*)<\/script>/.exec(readFileSync(place, "utf8"));
const twin = vm.runInThisContext(`(() => {${script}
	return { verify, sha256, keyed, digest, hex, unhex, utf8, clean, canonical, pidOf, readRow, readSalt,
		readFragment, personIn, fateOf, variants, percent, Wrong };
})()`, { filename: place });

const bytes = (text) => new Uint8Array(Buffer.from(text, "base64"));
const works = {
	async verify({ files, previous, ...announced }) {
		const named = new Map(Object.entries(files).map(([name, text]) => [name, bytes(text)]));
		const found = await twin.verify(named, { ...announced, previous: previous ? bytes(previous) : null });
		return Object.entries(found.lights).map(([name, { state, said }]) => [name, state, said]);
	},
	sha256: ({ parts }) => twin.hex(twin.sha256(parts.map(bytes))),
	hmac: ({ key, message }) => twin.hex(twin.keyed(bytes(key), "rank")(bytes(message))),
	clean: ({ text }) => twin.clean(text),
	canonical: ({ value }) => twin.canonical(value),
	pid: ({ salt, row }) => twin.pidOf(twin.readSalt(salt), twin.readRow(row)),
	percent: ({ part }) => twin.percent(part),
	variants: ({ row }) => twin.variants(row),
	fragment: ({ text }) => twin.readFragment(text),
	person: ({ pid, shard, index, promise }) => twin.personIn(pid, bytes(shard), bytes(index), promise),
	fate: ({ transcript, person }) => twin.fateOf(transcript, person),
};
const answers = [];
for (const [name, given] of JSON.parse(readFileSync(0, "utf8"))) {
	try {
		answers.push(await works[name](given));
	} catch (fault) {
		answers.push({ wrong: fault instanceof twin.Wrong ? fault.message : `${fault.stack}` });
	}
}
console.log(JSON.stringify(answers));
