/* Asks cq's engine and MiniSearch the same questions about the same pages: `node ask.mjs task.json`,
   where `benchmarks/search.py` has written the task. The answer is JSON on the standard output.
   All files are in memory before a clock starts: what is timed is work, never a disk or a network. */
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { runInThisContext } from "node:vm";
import { gzipSync } from "node:zlib";

const task = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { asked, documents } = task;
const require = createRequire(join(task.installed, "package.json"));
const MiniSearch = require("minisearch");
const { minify } = require("terser");
const ROUNDS = 5;
const SHOWN = 10; // results that cq's page shows at first
const SOME = 6; // an index is opened afresh for every sixth question: MiniSearch's takes its time
const isJudged = asked.some(({ first }) => first.length);

const median = (numbers) => {
	const sorted = [...numbers].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};
const sizes = (text) => [Buffer.byteLength(text), gzipSync(text).length];
const added = (some) => some.reduce(([raw, packed], [one, other]) => [raw + one, packed + other], [0, 0]);
const kilobytes = ([raw, packed]) => `${(raw / 1000).toFixed(1)} / ${(packed / 1000).toFixed(1)}`;
const milliseconds = (times) => `${median(times).toFixed(2)} (${Math.max(...times).toFixed(2)})`;
const middleAndMost = (all) => {
	const of = (pick) => [pick(all.map(([raw]) => raw)), pick(all.map(([, packed]) => packed))];
	return [of(median), of((numbers) => Math.max(...numbers))];
};

/* How well the expected pages come first, over the questions that expect any. */
const relevance = (answers) => {
	const judged = asked.map((one, at) => [one.first, answers[at]]).filter(([first]) => first.length);
	if (!judged.length) return {};
	const whole = judged.filter(([first, pages]) =>
		first.every((address) => pages.slice(0, first.length).includes(address)));
	const top = judged.filter(([first, pages]) => first.includes(pages[0]));
	const reciprocal = judged.map(([first, pages]) => {
		const at = pages.findIndex((address) => first.includes(address));
		return at < 0 ? 0 : 1 / (at + 1);
	});
	const mean = reciprocal.reduce((sum, one) => sum + one, 0) / judged.length;
	return {
		"all expected pages first, in any order": `${whole.length} of ${judged.length}`,
		"the first page is an expected one": `${top.length} of ${judged.length}`,
		"mean reciprocal rank": mean.toFixed(3),
	};
};

/* For each question the median of ROUNDS. A round asks all questions, so that none profits from
   having just been asked; the first round is everybody's warm-up. */
const rounds = async (questions, ask) => {
	const times = questions.map(() => []);
	for (let round = 0; round <= ROUNDS; round++) {
		for (const [at, { question }] of questions.entries()) {
			const start = performance.now();
			await ask(question);
			if (round) times[at].push(performance.now() - start);
		}
	}
	return milliseconds(times.map(median));
};
const timed = async (open, ask) => {
	const some = asked.filter((_, at) => at % SOME === 0);
	const opening = await rounds(some, async (question) => ask(await open(), question));
	const kept = await open();
	return {
		"opening and first result, ms: median (most)": opening,
		"first result once open, ms: median (most)": await rounds(asked, (question) => ask(kept, question)),
	};
};

/* cq */

const files = new Map();
const folder = join(task.site, "recherche");
for (const name of readdirSync(folder, { recursive: true })) {
	if (/\.(json|txt)$/.test(name)) files.set(name, readFileSync(join(folder, name), "utf8"));
}
const weighed = new Map();
const sizeOf = (name, text) => {
	if (!weighed.has(name)) weighed.set(name, sizes(text));
	return weighed.get(name);
};
const page = (address) => {
	const name = /(^|\/)$/.test(address) ? `${address}index.html` : address;
	return sizeOf(`/${name}`, readFileSync(join(task.site, name), "utf8"));
};
const engine = readFileSync(task.engine, "utf8");
runInThisContext(engine);
const { Index } = globalThis.cqMoteur;
const NONE = { place: "", kind: "", year: "" };
const opened = (read = async (name) => files.get(name)) =>
	read("index.json").then((text) => new Index(JSON.parse(text), read));

const ours = async () => {
	const [answers, loads, excerpts] = [[], [], []];
	for (const { question } of asked) {
		const read = new Set();
		const index = await opened(async (name) => {
			read.add(name);
			return files.get(name);
		});
		const found = await index.search(question, NONE);
		const shown = await Promise.all(found.pages.slice(0, SHOWN).map((page) => index.card(page)));
		loads.push(added([sizeOf(task.engine, engine), ...[...read].map((name) => sizeOf(name, files.get(name)))]));
		const pages = shown.flatMap(({ address, text }) => [address, text].slice(0, text ? 2 : 1));
		excerpts.push(added(pages.map(page)));
		answers.push(await Promise.all(
			found.pages.slice(0, 200).map(async (page) => (await index.card(page)).address),
		));
	}
	const [middle, most] = middleAndMost(loads);
	const [texts] = middleAndMost(excerpts);
	return {
		...relevance(answers),
		"script": kilobytes(sizes(engine)),
		"index, all files": kilobytes(added([...files].map(([name, text]) => sizeOf(name, text)))),
		"loaded for a question, median": kilobytes(middle),
		"loaded for a question, most": kilobytes(most),
		"besides, the pages read for the excerpts, median": kilobytes(texts),
		...await timed(opened, async (index, question) => {
			const { pages } = await index.search(question, NONE);
			if (pages.length) await index.card(pages[0]);
		}),
	};
};

/* MiniSearch: as its documentation begins, and as someone would set it up who knows French. Of 288
   ways to set it up (fields, boosts, folding, empty words, prefix, fuzzy, and/or) FRENCH answered the
   golden questions best. */

const stop = new Set(task.stop);
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss" };
/* Its tokenizer parts « l’aqueduc » and « Grange-aux-Belles »: of an elision a letter is left. */
const folded = (term) => {
	const plain = term.toLowerCase().replace(/[œæß]/g, (one) => LIGATURES[one])
		.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "");
	return /^\p{L}$/u.test(plain) ? null : plain;
};
const USUAL = {
	idField: "adresse",
	fields: ["titre", "mots_cles", "resume", "texte"],
	storeFields: ["titre", "resume", "jour"],
	searchOptions: { boost: { titre: 2 }, fuzzy: 0.2, prefix: true },
};
const FRENCH = { ...USUAL, processTerm: folded };
const SPARE = {
	...USUAL,
	processTerm: (term) => {
		const plain = folded(term);
		return plain && !stop.has(plain) ? plain : null;
	},
};

const library = (await minify(
	readFileSync(join(task.installed, "node_modules/minisearch/dist/umd/index.js"), "utf8"),
)).code;

const theirs = async (options) => {
	const made = new MiniSearch(options);
	made.addAll(documents);
	const index = JSON.stringify(made);
	const answers = asked.map(({ question }) => made.search(question).map(({ id }) => id));
	const [script, whole] = [sizes(library), sizes(index)];
	return {
		...relevance(answers),
		"script": kilobytes(script),
		"index, all files": kilobytes(whole),
		"loaded for a question, median": kilobytes(added([script, whole])),
		"loaded for a question, most": kilobytes(added([script, whole])),
		...await timed(
			() => MiniSearch.loadJSON(index, options),
			(loaded, question) => loaded.search(question)[0],
		),
	};
};

const engines = { cq: await ours() };
// Where nothing is judged, one way will do.
if (isJudged) engines["MiniSearch"] = await theirs(USUAL);
engines["MiniSearch, folded"] = await theirs(FRENCH);
if (isJudged) engines["MiniSearch, folded, without empty words"] = await theirs(SPARE);
process.stdout.write(JSON.stringify({
	pages: documents.length, questions: asked.length, node: process.version, engines,
}));
