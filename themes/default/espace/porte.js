/* The door: the form, the words of a phrase, what the address asks for, and the first minute. */

const [form, said, phrase, keep, offers] = ["ouvrir", "dit", "phrase", "garder", "propositions"].map(find);
let token = ""; // an invitation that waits for its button

const gateOpen = (words) => {
	gate.hidden = form.hidden = false;
	page.hidden = band.hidden = true;
	find("champ").hidden = token;
	find("invitation").hidden = !token;
	page.replaceChildren();
	find("imprime").textContent = "";
	document.title = site;
	said.textContent = words;
};
/* Whether `one` opens something here. */
const enter = async (one) => {
	const found = await spaces(one, doors);
	if (!found) return false;
	[root, keys, token, shown, said.textContent] = [one, found, "", "", ""];
	offices.clear();
	find("tous").hidden = keys.size < 2;
	await go();
	return true;
};
const leave = (words) => {
	turn++;
	letGo();
	[root, keys, phrase.value] = [undefined, undefined, ""];
	offices.clear();
	gateOpen(words);
	find("titre").focus();
};

/* The folded word of each four letters: asked for when one is about to type. */
let list;
const words = () => {
	list ||= get("mots.txt").then((answer) => answer?.text() || "").catch(() => "")
		.then((all) => new Map(all.split("\n").filter(Boolean).map((word) => [word.slice(0, 4), word])));
	return list;
};
const unknown = (typed, known) => {
	const said = tokens(typed);
	const wrong = said.flatMap((one, at) => (completed(one, known) ? [] : at + 1));
	return `Phrase de passe inconnue. ${said.length !== 8
		? `D’ordinaire elle a huit mots ; il y en a ici ${said.length}.`
		: wrong.length ? `Pas dans la liste des mots : n° ${wrong.join(", ")}.` : "Vérifiez l’ordre des mots."}`;
};
let busy = false;
form.onsubmit = async (event) => {
	event.preventDefault();
	if (busy) return;
	busy = true;
	said.textContent = "Ouverture…";
	try {
		const typed = phrase.value;
		const bytes = token
			? await ofToken(token, doors).catch(() => new Uint8Array(32)) // no code at all
			: await ofPhrase(norm(typed, await words()), doors);
		const one = await keyed(bytes);
		if (!await spaces(one, doors)) {
			const told = token ? saying("invitation") : unknown(typed, await words());
			token = "";
			gateOpen(told);
			return void phrase.focus();
		}
		const kept = !keep.checked || await memory.remember(bytes, doors);
		find("avis").textContent = kept ? "" : saying("sans-souvenir");
		bytes.fill(0);
		[phrase.value, phrase.type] = ["", "password"];
		offer();
		await enter(one);
	} catch (fault) {
		said.textContent = saying(fault instanceof Fault ? fault.message : "vieux");
	} finally {
		busy = false;
	}
};
/* How many letters must change. */
const apart = (one, other) => {
	let row = [0, ...other].map((_, at) => at);
	for (const letter of one) {
		const next = [row[0] + 1];
		for (let at = 0; at < other.length; at++) {
			next.push(Math.min(next[at] + 1, row[at + 1] + 1, row[at] + (letter !== other[at])));
		}
		row = next;
	}
	return row.at(-1);
};
/* While the phrase is shown, what its last word may be. Hidden, it is not given away. */
const offer = async () => {
	const typed = phrase.value;
	const clear = phrase.type === "text";
	find("afficher").ariaPressed = clear;
	const last = clear && !/\s$/.test(typed) && tokens(typed).at(-1) || "";
	const known = [...(await words()).values()];
	if (phrase.value !== typed) return;
	const near = known.filter((word) => last[1] && word.startsWith(last));
	const found = near.length || !last[3] ? near : known.filter((word) => apart(last, word) < 3);
	found.sort((a, b) => apart(last, a) - apart(last, b));
	offers.replaceChildren(...(found[0] === last ? [] : found.slice(0, 5)).map((word) => element("button", {
		type: "button",
		onclick: () => {
			phrase.value = typed.replace(/\S+$/, `${word} `);
			offer();
			phrase.focus();
		},
	}, word)));
};
phrase.onfocus = words;
phrase.oninput = offer;
find("afficher").onclick = () => {
	phrase.type = phrase.type === "text" ? "password" : "text";
	offer();
};
find("fermer").onclick = async () => {
	await memory.forget();
	tabs.close();
	leave(saying("ferme"));
};
/* A sheet has all its pictures; a browser's own command does not wait for them. */
const developed = () => Promise.all([...page.querySelectorAll("[data-cq]")].map(picture));
find("imprimer").onclick = () => developed().then(() => print());
addEventListener("beforeprint", developed);

/* The address */

history.scrollRestoration = "manual";
let resting;
addEventListener("scroll", () => {
	clearTimeout(resting);
	const here = location.href;
	resting = setTimeout(() => {
		if (keys && location.href === here) history.replaceState({ ...history.state, y: scrollY }, "");
	}, 350); // Safari refuses more than a hundred in thirty seconds
});
/* « Aller au contenu » leads to a place of this very page, and is no route. */
addEventListener("click", (event) => {
	const link = event.target.closest("a")?.getAttribute("href");
	if (!/^#[^/]/.test(link)) return;
	event.preventDefault();
	const goal = document.getElementById(link.slice(1));
	goal.tabIndex = -1;
	goal.focus();
});
/* What follows # and is no route: an invitation, which must not stay where the next person reads
   addresses, and the wish to forget. */
const wished = () => {
	const [, code, space] = /^#i=([\w-]{22})(?:\/([^/?]*))?/.exec(location.hash) || [];
	if (!code && location.hash !== "#oublier") return false;
	history.replaceState(null, "", space ? route(space, "/") : "#");
	token = code || "";
	return true;
};
const granted = async () => {
	if (token) return leave("");
	await memory.forgetAll();
	tabs.close();
	return leave(saying("oublie"));
};
addEventListener("hashchange", () => {
	if (doors) (wished() ? granted : go)();
});

const start = async () => {
	find("attente").remove();
	find("sans_script").remove();
	const { protocol, href } = location;
	if (protocol === "file:") throw new Fault("dossier");
	if (protocol === "http:" && !isSecureContext) {
		const there = element("a", { href: href.replace("http:", "https:") }, "ouvrir cette page en https");
		return said.replaceChildren(saying("http"), " ", there);
	}
	if (!globalThis.crypto?.subtle || !globalThis.DecompressionStream) throw new Fault("vieux");
	const wish = wished();
	const answer = await get("acces.json", { cache: "no-cache" });
	if (!answer) throw new Fault("aucun");
	doors = access(await answer.text());
	memory = new Memory(doors.site);
	tabs = new Tabs(doors.site, {
		root: () => root,
		closed: () => keys && leave(saying("ferme-ailleurs")),
	});
	if (wish) return granted();
	const kept = await memory.recall();
	const one = kept || await tabs.ask();
	if (one && await enter(one)) return undefined;
	if (kept) await memory.forget();
	return gateOpen(kept ? saying("perime") : "");
};
start().catch((fault) => {
	if (doors) gateOpen("");
	said.textContent = why(fault);
});
