/* The one page of all sealed spaces: shows what the address names, to whoever is in. Routes are
   #/<space><logical path>, with ~anchor or ?question: what follows # reaches no server. */

/* Looked up before anything is opened: a sealed page may bear the same ids. */
const parts = new Map([...document.querySelectorAll("[id]")].map((one) => [one.id, one]));
const find = (id) => parts.get(`cq_${id}`);
const [page, gate, band, news] = ["page", "porte", "bande", "annonce"].map(find);
const site = document.title;
const LARGE = 100_000_000; // bytes that some telephones cannot hold
const FRESH = 60_000; // milliseconds for which a manifest is not asked for again

/* The words of the page's own: a theme may put them otherwise. */
const saying = (name) => find("cas").content.querySelector(`[data-cas="${name}"]`).textContent;
const why = (fault) => saying(fault instanceof Fault ? fault.message : "abime");

/* Of this tab: what acces.json says, and who is in. */
let [doors, memory, tabs, root, keys] = [];
let offices = new Map(); // of the spaces that were looked at, what their manifests say
let turn = 0; // what was asked before is not shown after what was asked later

/* Files of the site */

const get = async (name, how) => {
	const answer = await fetch(name, how).catch(() => ({}));
	if (answer.status === 404) return undefined;
	if (/^40[13]$/.test(answer.status)) throw new Fault("serveur");
	if (!answer.ok) throw new Fault("reseau");
	return answer;
};
const sealed = async (own, id, how, options) => {
	const answer = await get(`f/${id.slice(0, 2).toLowerCase()}/${id}`, how);
	if (!answer) throw new Stale("remplace");
	return opened(own, id, answer.body, options).catch((fault) => {
		throw fault instanceof TypeError ? new Fault("reseau") : fault;
	});
};
const manifest = async (own) => {
	const { body } = await sealed(own, await manifestId(own), { cache: "no-cache" });
	const told = JSON.parse(await body.text());
	const files = new Map(Object.entries(told.files)
		.map(([path, [id, x, bytes, type]]) => [path, { id, x, bytes, type }]));
	for (const { p, i, x, t } of told.pages) files.set(p, { id: i, x, title: t });
	for (const { id, x } of files.values()) unb64(id, 16) && unb64(x, 32);
	if (!await memory.isNewest(await seenAs(root, doors, own.space), [own.epoch, told.b])) {
		throw new Fault("ancien");
	}
	return { title: String(told.titre), files, until: Date.now() + FRESH };
};
const office = async (space) => {
	if (!((await offices.get(space))?.until > Date.now())) {
		const one = manifest(keys.get(space));
		one.catch(() => offices.delete(space));
		offices.set(space, one);
	}
	return offices.get(space);
};
/* What stands at a path. A file that its manifest does not list so was perhaps published since:
   past the browser's own cache first, then with the manifest read again. */
const read = async (space, path, options) => {
	const ask = async (how) => {
		const one = (await office(space)).files.get(path);
		if (!one) throw new Fault("absente");
		return sealed(keys.get(space), one.id, how, { x: one.x, most: one.bytes, ...options });
	};
	const again = (first) => (fault) => {
		if (!(fault instanceof Stale)) throw fault;
		if (first) offices.delete(space);
		return ask({ cache: "reload" });
	};
	return ask().catch(again()).catch(again(true));
};
const text = async (space, path) => (await read(space, path)).body.text();

/* Where we are */

const decoded = (route) => {
	let plain = route;
	try {
		plain = decodeURIComponent(route);
	} catch {
		// typed by hand
	}
	const [, space, path] = /^#\/([^/]*)(.*)$/s.exec(plain.normalize("NFC")) || ["", "", ""];
	return [space, path || "/"];
};
const where = () => {
	const [, route, query] = /^([^?]*)\??(.*)$/s.exec(location.hash);
	return [...decoded(route), query];
};
const route = (space, path) => `#/${space}${path}`;
/* What this page has decrypted is let go with it. */
let [held, search] = [[]];
const lent = (blob, type) => {
	const url = URL.createObjectURL(new Blob([blob], { type }));
	held.push(url);
	return url;
};
const letGo = () => {
	held.forEach(URL.revokeObjectURL);
	held = [];
	watcher.disconnect();
	search?.stop();
	search = undefined;
};
/* Where one reads on: as it was left, at an anchor, or at the title. */
const settle = (anchor) => {
	const mark = anchor && [...page.querySelectorAll("[id]")].find(({ id }) => id === anchor);
	const goal = mark || page.querySelector("h1") || page;
	if (goal.tabIndex < 0) goal.tabIndex = -1;
	goal.focus({ preventScroll: true });
	const kept = history.state?.y;
	if (mark && kept === undefined) mark.scrollIntoView();
	else scrollTo({ top: kept || 0, behavior: "instant" });
};
let shown = ""; // the route of the page, without anchor and question
const show = (here, nodes, title, name, anchor) => {
	letGo();
	shown = here;
	page.replaceChildren(...nodes);
	page.hidden = band.hidden = false;
	gate.hidden = true;
	find("nom").textContent = name;
	document.title = [...new Set([title, name, site])].filter(Boolean).join(" – ");
	find("imprime").textContent = `Document interne, ${name}, imprimé le ${new Date().toLocaleDateString("fr-FR", { dateStyle: "long" })}`;
	news.textContent = title;
	settle(anchor);
};

const go = async () => {
	if (!keys) return;
	const [space, path, query] = where();
	const own = ++turn;
	let name = "";
	try {
		if (!keys.has(space)) {
			if (space || keys.size > 1) return void await lobby(space, own);
			history.replaceState(null, "", route([...keys.keys()][0], "/"));
			return void go();
		}
		if (search && shown === route(space, path)) return void search.again();
		const late = setTimeout(() => { if (own === turn) news.textContent = "Ouverture…"; }, 500);
		const { title, files } = await office(space);
		name = title;
		const [bare, anchor] = files.has(path) ? [path] : path.split(/~(.*)/s);
		const [here, one] = [route(space, bare), files.get(bare)];
		if (anchor && shown === here) return void settle(anchor);
		if (bare === "/recherche/" && files.has("/recherche/index.json")) await asked(space, own, title);
		else if (one?.type) file(space, bare, one, title, own);
		else {
			const nodes = made(await text(space, bare), here);
			if (own !== turn) return;
			show(here, nodes, one?.title, title, anchor);
			page.querySelectorAll("[data-cq]").forEach((each) => watcher.observe(each));
		}
		clearTimeout(late);
	} catch (fault) {
		if (own === turn) sorry(fault, name);
	}
};
/* From a home that does not open, a link to itself would ask nothing again; and who loads the
   page again has to type a phrase again. */
const sorry = (fault, name) => {
	const [space, path] = where();
	show("", [
		titled("Cette page ne s’ouvre pas"),
		element("p", {}, why(fault)),
		fault.message === "absente" ? "" : element("button", { type: "button", onclick: go }, "Réessayer"),
		element("p", { className: "suite" }, element("a", { href: path === "/" ? "#/" : route(space, "/") }, "Accueil de l’espace")),
	], "Cette page ne s’ouvre pas", name);
};
/* The spaces that this reader opens. `missing` is one that is not among them. */
const lobby = async (missing, own) => {
	const lines = await Promise.all([...keys.keys()].map(async (space) => element("li", {},
		await office(space).then(
			({ title }) => element("a", { href: route(space, "/") }, title),
			(fault) => `${space} : ${why(fault)}`,
		))));
	if (own !== turn) return;
	show("", [
		titled("Vos espaces"),
		missing ? element("p", {}, saying("autre-espace")) : "",
		element("ul", { className: "liens" }, ...lines),
	], "Vos espaces", "");
};

/* Pictures, opened as they come near */

const picture = async (one) => {
	const [own, [space, path]] = [turn, decoded(one.dataset.cq)];
	delete one.dataset.cq;
	try {
		const { type, body } = await read(space, path);
		if (own !== turn) return;
		await new Promise((resolve, reject) => {
			Object.assign(one, { onload: resolve, onerror: reject, src: lent(body, type) });
		});
	} catch {
		one.replaceWith(element("span", { className: "note" }, `${one.alt} (image illisible)`));
	}
};
const watcher = new IntersectionObserver((seen) => {
	for (const { target, isIntersecting } of seen) if (isIntersecting && target.dataset.cq) picture(target);
}, { rootMargin: "800px" });

/* Files: opened first, so that what follows are plain links that every telephone obeys */

const file = (space, path, { bytes, type }, name, own) => {
	const plain = path.split("/").pop();
	const about = `(${(/\.(\w+)$/.exec(plain)?.[1] || "fichier").toUpperCase()}, ${sized(bytes)})`;
	const ways = element("p", { className: "action" });
	const start = async () => {
		const bar = element("progress", { value: 0, ariaLabel: "Déchiffrement" });
		ways.replaceChildren(bar);
		try {
			const { body } = await read(space, path, { progress: (done) => { bar.value = done; } });
			if (own !== turn) return;
			ways.replaceChildren(
				SHOWN.test(type) ? element("a", { href: lent(body, type), target: "_blank", rel: "noopener" }, `Ouvrir ${about}`) : "",
				" ", element("a", { href: lent(body, "application/octet-stream"), download: plain }, `Télécharger ${about}`),
			);
			news.textContent = "Le fichier est prêt.";
		} catch (fault) {
			if (own === turn) sorry(fault, name);
		}
	};
	const heavy = bytes > LARGE;
	show(route(space, path), [
		titled(plain),
		heavy ? element("p", {}, saying("grand")) : "",
		ways,
		element("p", { className: "note" }, saying("en-clair")),
	], plain, name);
	if (heavy) ways.append(element("button", { type: "button", onclick: start }, `Déchiffrer ${about}`));
	else start();
};

/* Search: its scripts come with its first page */

let loaded;
const script = (src, integrity) => new Promise((resolve, reject) => {
	const one = element("script", { integrity, onload: resolve, onerror: () => reject(new Fault("reseau")) });
	one.src = policy.createScriptURL(src);
	document.head.append(one);
});
const asked = async (space, own, name) => {
	const model = find("recherche_modele");
	const [engine, its, face, faces] = model.dataset.scripts.split(" ");
	loaded ||= script(engine, its).then(() => script(face, faces));
	await loaded.catch((fault) => {
		loaded = undefined;
		throw fault;
	});
	const [at, folder] = [route(space, "/recherche/"), "/recherche/"];
	const listed = (await office(space)).files.has(folder);
	const nodes = listed ? made(await text(space, folder), at) : [titled("Recherche")];
	if (own !== turn) return;
	const inside = element("div", {}, ...nodes);
	for (const one of inside.querySelectorAll(".nombre, .resultats, #cq_sans_script")) one.remove();
	inside.querySelector(".titre").after(document.importNode(model.content, true));
	show(at, [inside], "Recherche", name);
	const [form, said, list] = ["form", ".nombre", ".resultats"].map((one) => page.querySelector(one));
	const rooted = (address) => `/${address.replace(/^\//, "")}`;
	search = cqRecherche({
		form, said, list,
		ways: {
			read: (name, fresh) => {
				if (fresh) offices.delete(space);
				return text(space, folder + name);
			},
			opened: async (address) => parsed(await text(space, rooted(address))),
			text: (address) => text(space, rooted(address)),
			link: (address) => route(space, rooted(address)),
			query: () => new URLSearchParams(where()[2]),
			address: (query) => at + query,
			failed: saying("recherche"),
		},
	});
};
