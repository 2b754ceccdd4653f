/* The search page: asks the index that stands beside it, and no other server. In a sealed space it
   is the same; `ways` tells how files are read, and where the question is kept. */
globalThis.cqRecherche = ({ form, said, list, ways }) => {
	const { Index, Stale, words } = globalThis.cqMoteur;
	const SHOWN = 10;
	const PATIENCE = 150; // milliseconds after the last letter
	const REST = 500; // milliseconds: nobody types any more, an answer is late
	const ROUND = 220; // letters of an excerpt
	const FAR = 100_000; // letters of a text that are read: a PDF may have a million
	const LONG = 80; // letters of a question that are worth repeating
	const field = form.elements.namedItem("q");
	const choices = ["lieu", "sorte", "annee"].map((name) => form.elements.namedItem(name));

	const make = (name, ...inside) => {
		const made = document.createElement(name);
		made.append(...inside);
		return made;
	};
	const more = make("button");
	more.type = "button";
	more.className = "plus-de-resultats";
	const counted = (number) => `${number.toLocaleString("fr-FR")} page${number > 1 ? "s" : ""}`;

	/* The words found, marked: their spelling is the text's own. */
	const marked = (text, forms) => {
		const parts = [];
		let done = 0;
		for (const token of text.matchAll(/[\p{L}\p{N}\p{M}\p{Cf}]+/gu)) {
			if (!words(token[0]).some((word) => forms.has(word))) continue;
			parts.push(text.slice(done, token.index), make("mark", token[0]));
			done = token.index + token[0].length;
		}
		return [...parts, text.slice(done)].filter((one) => one !== "");
	};
	/* How many different words an excerpt can have, and where it finds the first. */
	const densest = (text, forms) => {
		const found = [...text.matchAll(/[\p{L}\p{N}\p{M}\p{Cf}]+/gu)].flatMap((token) => {
			const word = words(token[0]).find((one) => forms.has(one));
			return word ? [[token.index, forms.get(word)]] : [];
		});
		let [best, start] = [0, 0];
		found.slice(0, 500).forEach(([at], number) => {
			const near = new Set();
			for (let next = number; next < found.length && found[next][0] < at + ROUND; next++) {
				near.add(found[next][1]);
			}
			if (near.size > best) [best, start] = [near.size, at];
		});
		return [best, start];
	};
	const around = (text, start) => {
		const from = start < 60 ? 0 : Math.min(text.indexOf(" ", start - 60) + 1 || start, start);
		const cut = text.length <= from + ROUND ? text.length : text.lastIndexOf(" ", from + ROUND);
		const end = cut > start ? cut : Math.min(text.length, start + ROUND);
		return `${from ? "… " : ""}${text.slice(from, end)}${end < text.length ? " …" : ""}`;
	};
	/* Where the most words stand together, as cq/search/excerpt.py; else "". */
	const excerpt = (wholes, forms) => {
		let [most, shown] = [0, ""];
		for (const whole of wholes) {
			const text = whole.slice(0, FAR);
			const [here, start] = densest(text, forms);
			if (here > most) [most, shown] = [here, around(text, start)];
		}
		return shown;
	};

	/* What a page says, in its texts' own order; a PDF's after the first. */
	const APART = "address,blockquote,br,dd,div,dt,figcaption,h1,h2,h3,h4,h5,h6,hr,li,p,pre,section,td,th,tr";
	const told = async (card) => {
		const made = await ways.opened(card.address);
		for (const one of made.querySelectorAll(APART)) one.before(" ");
		const whole = [...made.querySelectorAll(".texte"), ...made.querySelectorAll(".corps")];
		const texts = whole.map((one) => one.textContent);
		if (card.text) texts.splice(1, 0, await ways.text(card.text));
		return texts.map((text) => text.replace(/[\t-\r ]+/g, " ").trim());
	};

	/* The index, read at the first question */

	let index;
	let fresh = false; // past what the browser keeps, once the site has been published anew
	const read = (name) => ways.read(name, fresh);
	let first = ways.query(); // one may type before the index is there
	const offer = ({ lieux, sortes, annees }) => {
		const years = annees.filter(([year]) => year).map(([year]) => [year, year]).reverse();
		const every = [lieux.filter(([, address]) => address), sortes.map((one) => [one, one]), years];
		for (const [at, select] of choices.entries()) {
			for (const [words, value] of every[at]) {
				const option = make("option", words);
				option.value = value;
				select.append(option);
			}
			select.closest("p").hidden = every[at].length < 2;
		}
		chosen(first);
	};
	const start = () => {
		index ||= read("index.json").then((text) => {
			const head = JSON.parse(text);
			if (head.version !== 1) throw new Error(text);
			const made = new Index(head, read);
			if (choices[0].length === 1) offer(made.head);
			return made;
		});
		index.catch(() => { index = undefined; });
		return index;
	};

	/* What is asked, here and in the address */

	const asked = () => {
		const [place, kind, year] = choices.map((one) => one.value);
		return { q: field.value, place, kind, year, narrow: place || kind || year };
	};
	const written = () => {
		const query = new URLSearchParams();
		for (const one of [field, ...choices]) if (one.value.trim()) query.set(one.name, one.value);
		return query.toString();
	};
	const kept = (how) => {
		if (Number.isNaN(turn)) return;
		const asked = written();
		if (asked !== ways.query().toString()) history[how](null, "", ways.address(asked && `?${asked}`));
	};
	const chosen = (query) => {
		for (const one of choices) {
			const value = query.get(one.name) || "";
			one.value = [...one.options].some((each) => each.value === value) ? value : "";
		}
	};
	const recalled = () => {
		const query = ways.query();
		field.value = query.get("q") || "";
		first = query;
		chosen(query);
	};

	/* Answers */

	let turn = 0;
	let summed = "";
	let rest = 0; // of excerpts, while one types
	const { title } = document;
	const texts = new Map(); // of the pages shown, by their addresses
	const result = async (number, found, ours, own) => {
		const card = await ours.card(number);
		const link = make("a", ...marked(card.title, found.forms));
		link.href = ways.link(card.address);
		const where = ours.place(number);
		const notes = [ours.kind(number), where[1] && where[0], card.day && day(card.day)];
		const note = make("p", ...notes.filter(Boolean).flatMap((one) => [" ", make("span", one)]));
		note.className = "note";
		const text = make("p", ...marked(card.summary, found.forms));
		const line = make("li", make("h2", link), note, text);
		const filled = () => {
			if (own !== turn) return;
			if (!texts.has(card.address)) texts.set(card.address, told(card));
			texts.get(card.address).then((told) => {
				const part = excerpt(told, found.forms);
				if (part) text.replaceChildren(...marked(part, found.forms));
			}).catch(() => texts.delete(card.address)); // its summary is there
		};
		if (texts.has(card.address)) filled();
		else setTimeout(filled, rest);
		return line;
	};
	const day = (iso) => new Date(iso)
		.toLocaleDateString("fr-FR", { dateStyle: "long", timeZone: "UTC" }).replace(/^1 /, "1er ");
	const cut = (question) => {
		const q = question.trim();
		return q.length > LONG ? `${q.slice(0, LONG)}…` : q;
	};
	/* `others`: the pages that there would be without filters. */
	const sentence = ({ pages, asked: looked, met }, question, ours, others) => {
		const q = cut(question);
		const said = words(question);
		if (!said.length) return `« ${q} » n’a ni lettre ni chiffre : écrivez un mot.`;
		if (!looked) return `« ${q} » n’a que des mots trop courants : ajoutez ce dont il s’agit.`;
		if (others) return `Aucune page ne répond à « ${q} » avec ces filtres ; ${counted(others)} sans eux.`;
		if (!pages.length) return `Aucune page ne répond à « ${q} ». Essayez d’autres mots.`;
		if (met < looked) return `Aucune page n’a tous ces mots ; ${counted(pages.length)} en ${pages.length > 1 ? "ont" : "a"} ${met} sur ${looked}`;
		if (said.every((word) => ours.stop.has(word))) return `« ${q} » est trop courant ; un mot commence ainsi dans ${counted(pages.length)}`;
		return `${counted(pages.length)} pour « ${q} »`;
	};
	const show = async (found, ours, from, own, count = SHOWN) => {
		const to = from + count;
		const numbers = found.pages.slice(from, to);
		const lines = await Promise.all(numbers.map((number) => result(number, found, ours, own)));
		if (own !== turn) return;
		if (from) list.append(...lines);
		else list.replaceChildren(...lines);
		if (found.pages.length > to) list.after(more);
		else more.remove();
		more.textContent = MORE;
		let asked = false; // twice, and the same pages would come twice
		more.onclick = async () => {
			if (asked) return;
			[asked, rest] = [true, 0];
			await show(found, ours, to, own)
				.then(() => {
					if (own !== turn) return;
					history.replaceState({ ...history.state, n: to + SHOWN }, ""); // who comes back finds as many
					list.children[to]?.querySelector("a").focus();
					if (said.textContent === CUT) said.textContent = summed;
				})
				.catch((fault) => {
					if (own !== turn) return;
					if (fault instanceof Stale) renewed(answer);
					else said.textContent = more.textContent = CUT;
				});
			asked = false;
		};
	};
	/* A site was published meanwhile. */
	const renewed = (work) => {
		[fresh, index] = [true, undefined];
		return work().finally(() => { fresh = false; });
	};
	const answered = async (wanted, own) => {
		const ours = await start();
		const found = await ours.search(wanted.q, wanted);
		const others = wanted.narrow && !found.pages.length ? (await ours.search(wanted.q, {})).pages.length : 0;
		if (own === turn) await show(found, ours, 0, own, history.state?.n || SHOWN);
		if (own !== turn) return;
		said.textContent = summed = sentence(found, wanted.q, ours, others);
		document.title = `${cut(wanted.q)} – ${title}`;
	};
	const waited = (own, work) => {
		const late = setTimeout(() => {
			if (own === turn && field.value.trim()) said.textContent = "Recherche en cours…";
		}, REST);
		return work().finally(() => clearTimeout(late));
	};
	const emptied = (words) => {
		list.replaceChildren();
		more.remove();
		said.textContent = words;
	};
	const answer = async () => {
		const own = ++turn;
		const wanted = asked();
		try {
			if (!wanted.q.trim()) {
				emptied(wanted.narrow ? "Écrivez un mot à chercher." : "");
				document.title = title;
				return;
			}
			await waited(own, () => answered(wanted, own).catch((fault) => {
				if (!(fault instanceof Stale)) throw fault;
				return renewed(() => answered(wanted, own));
			}));
		} catch {
			if (own === turn) emptied(ways.failed);
		}
	};
	const MORE = "Plus de résultats";
	const CUT = "La suite n’a pas pu être lue : réessayer";

	field.value = first.get("q") || field.value;
	let typing;
	field.oninput = () => {
		clearTimeout(typing);
		typing = setTimeout(() => {
			kept(rest || !`${ways.query()}` ? "replaceState" : "pushState"); // back to the last answer
			rest = REST;
			answer();
		}, PATIENCE);
	};
	const now = (before) => {
		clearTimeout(typing);
		rest = 0;
		before("pushState");
		answer();
	};
	form.onsubmit = (event) => {
		event.preventDefault();
		if (matchMedia("(pointer: coarse)").matches) field.blur(); // its keys hide the answers
		now(kept);
	};
	for (const one of choices) one.onchange = () => now(kept);
	waited(turn, start).then(() => {
		kept("replaceState"); // with filters that were not there yet
		return answer();
	}).catch(() => { said.textContent = ways.failed; });
	return {
		again: () => now(recalled),
		stop() { turn = NaN; }, // nothing that is under way will be shown
	};
};

/* The public page */
(() => {
	const find = (id) => document.getElementById(id);
	const [form, said, list] = ["cq_recherche", "cq_nombre", "cq_resultats"].map(find);
	if (form?.localName !== "form" || !said || !list) return; // a space's page may bear the ids
	find("cq_sans_script")?.remove();
	const [folder, root] = [form.dataset.indice, form.dataset.racine]
		.map((link) => new URL(link, location.href));
	const page = (address) => new URL(address + (/(^|\/)$/.test(address) ? "index.html" : ""), root);
	const text = async (url, how) => {
		const answer = await fetch(url, how);
		if (!answer.ok) throw new Error(`${answer.status}: ${url}`);
		return answer.text();
	};
	/* A page as a document that runs nothing, without a string made into HTML. */
	const opened = (address) => new Promise((resolve, reject) => {
		const asked = new XMLHttpRequest();
		asked.open("GET", page(address));
		asked.responseType = "document";
		asked.onload = () => (asked.status === 200
			? resolve(asked.response.querySelector("main") || asked.response)
			: reject());
		asked.onerror = reject;
		asked.send();
	});
	const { again } = globalThis.cqRecherche({
		form, said, list,
		ways: {
			opened,
			read: (name, fresh) => text(new URL(name, folder), fresh ? { cache: "reload" } : {}),
			text: (address) => text(page(address)),
			link: page,
			query: () => new URLSearchParams(location.search),
			address: (query) => location.pathname + query,
			failed: location.protocol === "file:"
				? "La recherche ne marche pas sur un site ouvert depuis un dossier : ouvrez-le à son adresse."
				: "La recherche n’a pas pu lire l’index du site : réessayez dans un moment.",
		},
	});
	window.onpopstate = again;
})();
