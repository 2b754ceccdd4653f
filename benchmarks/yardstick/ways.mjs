/* How well each way to set MiniSearch up answers the golden questions, best first: after
   `benchmarks/search.py`, `node benchmarks/yardstick/ways.mjs build/bench/search/task.json`.
   A yardstick that was set up badly would flatter. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { asked, documents, installed, stop } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const MiniSearch = createRequire(join(installed, "package.json"))("minisearch");
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss" };
const folded = (left) => (term) => {
	const plain = term.toLowerCase().replace(/[œæß]/g, (one) => LIGATURES[one])
		.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "");
	return left.has(plain) || /^\p{L}$/u.test(plain) ? null : plain;
};
const PAGE = ["titre", "mots_cles", "resume", "texte"];
const WAYS = {
	fields: { "titles of parts too": [...PAGE, "titres"], "without": PAGE },
	words: { "as it comes": undefined, "folded": folded(new Set()), "no empty words": folded(new Set(stop)) },
	boost: {
		"none": {}, "title 2": { titre: 2 }, "title 3": { titre: 3, mots_cles: 2, resume: 1.5 },
		"as cq": { titre: 4, mots_cles: 4, titres: 3, resume: 2 },
	},
	prefix: { "all": true, "the last": (_, at, all) => at === all.length - 1, "long ones": ({ length }) => length > 2 },
	fuzzy: { "0.2": 0.2, "0.2 of long ones": ({ length }) => (length > 3 ? 0.2 : false) },
	combineWith: { OR: "OR", AND: "AND" },
};

/* Every choice of one value of each of `ways`: [names, values]. */
const every = (ways) => Object.entries(ways).reduce((some, [way, values]) => some.flatMap(([names, chosen]) =>
	Object.entries(values).map(([name, value]) => [[...names, name], { ...chosen, [way]: value }])), [[[], {}]]);

const { fields, words, ...options } = WAYS;
const rows = every({ fields, words }).flatMap(([names, { fields: own, words: processTerm }]) => {
	const made = new MiniSearch({ idField: "adresse", fields: own, ...(processTerm && { processTerm }) });
	made.addAll(documents);
	return every(options).map(([more, chosen]) => {
		const missed = asked.filter(({ question, first }) => {
			const found = made.search(question, chosen).slice(0, first.length).map(({ id }) => id);
			return !first.every((address) => found.includes(address));
		}).map(({ question }) => question);
		return [asked.length - missed.length, [...names, ...more].join(", "), missed.join(" | ")];
	});
});
rows.sort(([one], [other]) => other - one);
for (const row of rows) console.log(row.join("\t"));
