/* What a sealed page becomes before it is shown: built in a document that runs nothing, then cut
   down to what our own templates write. Whoever can seal a page is a reader of the space; a page
   must still not reach the keys, nor tell another server that it was read. */

const ELEMENTS = `a abbr address article aside b bdi blockquote br caption cite code dd del details dfn
div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd li mark nav ol p
pre q s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var
wbr svg g path rect text title`.split(/\s/);
const ATTRIBUTES = /^(?:class|id|alt|width|height|lang|dir|title|datetime|role|tabindex|open|scope|headers|colspan|rowspan|start|type|checked|disabled|aria-\w+|data-\w+|viewBox|d|x|y|dy|text-anchor|font-size|vector-effect)$/;
/* What a browser shows by itself without running anything of it. The rest is only saved: a page
   or a drawing opened from here would be one of this site, with its rights. */
const SHOWN = /^(?:application\/pdf|image\/(?:png|jpeg|webp|gif|avif))$/;
const same = (text) => text;
const rules = {
	createHTML: same, // only what a key has opened, and into a document that is inert
	createScriptURL: same, // only those that this very page names, with their digests
};
const policy = globalThis.trustedTypes?.createPolicy("cq", rules) || rules;
/* Not `.body`: a form of that name would stand for it, and its fields for what it holds. */
const parsed = (html) => Document.prototype.querySelector.call(
	new DOMParser().parseFromString(policy.createHTML(html), "text/html"), "body",
);

/* Where a link of the page at `here` leads; nothing where it may lead nowhere. */
const way = (link, here) => {
	if (link.startsWith("#")) return link[1] === "/" ? link : `${here}~${link.slice(1)}`;
	const url = URL.canParse(link, location.href) && new URL(link, location.href);
	return url && /^(?:https?|mailto|tel):$/.test(url.protocol) && url.href;
};
/* The nodes of a sealed page whose route is `here`. Its pictures wait in `data-cq`. */
const made = (html, here) => {
	const body = parsed(html);
	for (const one of body.querySelectorAll("*")) {
		const [link, picture] = ["href", "src"].map((name) => one.getAttribute(name));
		for (const { name } of [...one.attributes]) if (!ATTRIBUTES.test(name)) one.removeAttribute(name);
		one.removeAttribute("data-cq");
		const name = one.localName;
		if (!ELEMENTS.includes(name) || (name === "input" && one.type !== "checkbox")) one.remove();
		if (name === "img" && picture?.startsWith("#/")) one.dataset.cq = picture;
		const leads = name === "a" && link && way(link, here);
		if (!leads) continue;
		one.setAttribute("href", leads);
		one.setAttribute("rel", "noopener noreferrer");
	}
	return [...body.childNodes];
};

/* « 1,2 Mo » */
const sized = (bytes) => {
	const power = Math.min(3, Math.floor(Math.log10(bytes || 1) / 3));
	return (bytes / 1000 ** power).toLocaleString("fr-FR", {
		style: "unit", unit: ["byte", "kilobyte", "megabyte", "gigabyte"][power],
		unitDisplay: power ? "short" : "long", maximumSignificantDigits: 2,
	});
};
const element = (name, fields, ...inside) => {
	const made = Object.assign(document.createElement(name), fields);
	made.append(...inside);
	return made;
};
const titled = (words) => element("div", { className: "titre" }, element("h1", {}, words));
