/* Which pages answer a few words, and in what order: the twin of cq/search/query.py, as
   docs/formats/search-v1.md tells both. Knows no page and no server: it is given `read`. */
(() => {
	const MOST_WORDS = 12;
	const LONGEST = 40;
	const TITLE = 16;
	const SPAN = 4;
	const FULL = 4;
	const AGED = 4;
	const UNDATED = 2;
	const LAST = "\uffff";
	const DIGITS = Object.fromEntries(
		[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((one, at) => [one, at]),
	);
	const RANK = /^(\d+)(?:e|eme|ieme|er|ere|re|nd|nde)$/;
	const LIGATURES = { œ: "oe", Œ: "OE", æ: "ae", Æ: "AE", ß: "ss", ẞ: "SS", ø: "o", Ø: "O", đ: "d", Đ: "D", ł: "l", Ł: "L", ı: "i", º: "°" };

	const plain = (text) => text.replace(/[œŒæÆßẞøØđĐłŁıº]/g, (one) => LIGATURES[one])
		.normalize("NFKD").replace(/\u02bc/g, "'").replace(/[\p{M}\p{Cf}\u115f\u1160]/gu, "");
	// Through the capital, letter by letter: ς is σ, as in Python's casefold.
	const fold = (text) => plain(plain(text)
		.replace(/[^\0-\x7f]/gu, (one) => one.toUpperCase().toLowerCase()).toLowerCase());
	const words = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) || [])
		.map((one) => (one.length > LONGEST ? [...one].slice(0, LONGEST).join("") : one));

	const akin = (word, form) => {
		const [rank, another] = [RANK.exec(word), RANK.exec(form)];
		if (rank && another) return rank[1] === another[1];
		const [left, right] = [[...word], [...form]];
		let alike = 0;
		while (alike < Math.min(left.length, right.length) && left[alike] === right[alike]) alike++;
		const [more, other] = [left.length - alike, right.length - alike];
		return (alike >= 3 && other === 0 && more === 1)
			|| (alike >= 4 && Math.max(more, other) <= 3)
			|| (alike >= 6 && 10 * alike >= 7 * Math.min(left.length, right.length));
	};
	const rarity = (pages, found) => {
		const share = Math.floor(((pages + 1) * 16) / found);
		const bits = 32 - Math.clz32(share);
		return Math.max(1, 4 * (bits - 5) + ((share >> (bits - 3)) & 3));
	};
	const decoded = (postings) => {
		const found = [];
		let [page, step, shift] = [-1, 0, 0];
		for (let at = 0; at < postings.length; at++) {
			const digit = DIGITS[postings[at]];
			step |= (digit % 32) << shift;
			shift += 5;
			if (digit < 32) {
				page += step;
				found.push([page, DIGITS[postings[++at]]]);
				step = shift = 0;
			}
		}
		return found;
	};
	const numbers = (digits, count) => {
		const width = count ? digits.length / count : 1;
		return Array.from({ length: count }, (_, at) => [...digits.slice(at * width, (at + 1) * width)]
			.reduce((high, one) => high * 64 + DIGITS[one], 0));
	};
	/* How many of `sorted` are not after `one`, less one. */
	const last = (sorted, one) => {
		let [low, high] = [0, sorted.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (one < sorted[middle]) high = middle;
			else low = middle + 1;
		}
		return low - 1;
	};

	class Stale extends Error {}

	class Index {
		constructor(head, read) {
			Object.assign(this, { head, read, shards: new Map(), blocks: new Map() });
			this.stop = new Set(head.vides.split(" "));
			this.kindOf = numbers(head.sorte, head.pages);
			this.placeOf = numbers(head.lieu, head.pages);
			this.lately = new Map(head.vie);
			this.years = head.annees.map(([year]) => year);
			this.firsts = head.annees.map(([, first]) => first);
		}
		async search(question, filters) {
			const said = words(question);
			const typed = /[ \u00a0\u202f]$/.test(question) ? "" : said.at(-1);
			const asked = this.asked(said, typed);
			const [found, forms] = [new Map(), new Map()];
			const every = await Promise.all(asked.map(
				(word) => this.lines(word, word === typed),
			));
			for (const [number, lines] of every.entries()) {
				for (const form of lines.flatMap(([line]) => [...line.forms])) {
					if (!forms.has(form)) forms.set(form, number);
				}
				for (const [page, [title, score]] of this.weighed(lines)) {
					if (!this.allowed(page, filters)) continue;
					const one = found.get(page) || { page, met: 0, titles: 0, score: 0 };
					one.met += 1;
					one.titles += title;
					one.score += score;
					found.set(page, one);
				}
			}
			let met = 0;
			for (const one of found.values()) met = Math.max(met, one.met);
			const best = [...found.values()].filter((one) => one.met === met);
			for (const one of best) one.score *= this.fresh(one.page);
			best.sort((a, b) => b.titles - a.titles || b.score - a.score || b.page - a.page);
			return { pages: best.map(({ page }) => page), asked: asked.length, met, forms };
		}
		async card(number) {
			const size = this.head.bloc;
			const cards = await this.kept(this.blocks, Math.floor(number / size), async (block) => {
				const [stamp, ...rest] = JSON.parse(await this.read(`p/${block}.json`));
				this.same(stamp);
				return rest;
			});
			const [title, address, summary, day, text] = cards[number % size];
			return { title, address, summary, day, text };
		}
		kind(number) { return this.head.sortes[this.kindOf[number]]; }
		place(number) { return this.head.lieux[this.placeOf[number]]; }
		yearOf(number) { return last(this.firsts, number); }
		asked(said, typed) {
			const every = [...new Set(said)].filter((one) => !/^\p{L}$/u.test(one)); // no letter alone
			const telling = every.filter((word) => !this.stop.has(word));
			if (telling.length || said.length !== 1 || !typed) return telling.slice(0, MOST_WORDS);
			return every; // « par », of « parc »
		}
		async lines(word, typed) {
			const own = this.shardOf(word);
			const length = [...word].length;
			const found = (await this.shard(own)).filter((line) => line.forms.has(word))
				.map((line) => [line, true]);
			const exact = found.length > 0;
			if (length < (typed ? 2 : 3) || (exact && !typed)) return found;
			let end = Math.min(this.shardOf(word + LAST), own + SPAN - 1);
			for (const line of await this.between(own, end)) {
				if (!line.forms.has(word) && [...line.forms].some((form) => form.startsWith(word))) {
					found.push([line, !exact]);
				}
			}
			if (found.length) return found;
			const start = RANK.exec(word)?.[1] ?? [...word].slice(0, length === 4 ? 3 : 4).join("");
			const first = Math.max(this.shardOf(start), own - SPAN / 2);
			end = Math.min(this.shardOf(start + LAST), own + SPAN / 2);
			for (const line of await this.between(first, end)) {
				if ([...line.forms].some((form) => akin(word, form))) found.push([line, true]);
			}
			return found;
		}
		weighed(lines) {
			const found = new Map();
			for (const [line, full] of lines) {
				const postings = decoded(line.postings);
				const weight = rarity(this.head.pages, postings.length) * (full ? FULL : 1);
				for (const [page, impact] of postings) {
					const [title, best] = found.get(page) || [0, 0];
					const here = full && impact >= TITLE ? 1 : 0;
					found.set(page, [Math.max(title, here), Math.max(best, weight * (impact % TITLE))]);
				}
			}
			return found;
		}
		fresh(page) {
			const lived = this.lately.get(page) || this.years[this.yearOf(page)];
			const age = lived ? this.years.length - 1 - last(this.years, lived) : UNDATED;
			return AGED + Math.max(0, AGED - age);
		}
		allowed(page, { place, kind, year }) {
			return (!place || this.place(page)[1] === place) && (!kind || this.kind(page) === kind)
				&& (!year || this.years[this.yearOf(page)] === year);
		}
		async between(first, end) {
			const numbers = Array.from({ length: Math.max(0, end - first + 1) }, (_, at) => first + at);
			return (await Promise.all(numbers.map((number) => this.shard(number)))).flat();
		}
		shardOf(form) { return last(this.head.bornes, form); }
		shard(number) {
			return this.kept(this.shards, number, async () => {
				const [stamp, ...lines] = (await this.read(`m/${number}.txt`)).split("\n");
				this.same(stamp);
				return lines.filter(Boolean).map((line) => {
					const [forms, postings] = line.split("\t");
					return { forms: new Set(forms.split(" ")), postings };
				});
			});
		}
		/* What is being read is not read twice; what failed is. */
		kept(map, key, make) {
			if (!map.has(key)) {
				const made = make(key);
				made.catch(() => map.delete(key));
				map.set(key, made);
			}
			return map.get(key);
		}
		same(stamp) {
			if (stamp !== this.head.empreinte) throw new Stale();
		}
	}

	globalThis.cqMoteur = Object.freeze({ Index, Stale, words });
})();
