/* Looks up what stands on the page; asks nothing of any server. */
(() => {
	const find = (id) => document.getElementById(id);
	const form = find("cq_recherche");
	const said = find("cq_reponse");
	const map = find("cq_carte");
	if (!form || !said) return;

	const short = Object.fromEntries(form.dataset.abreges.split(" ").map((pair) => pair.split(":")));
	const key = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
		.replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/[^a-z0-9]+/g, " ").trim()
		.split(" ").map((word) => (Object.hasOwn(short, word) ? short[word] : word)).join(" ");

	const streets = [...document.querySelectorAll(".rues > li")].map((line) => {
		const name = line.querySelector(".voie").textContent;
		const parts = [...line.querySelectorAll("a")].map((link) => ({
			link,
			words: link.parentNode.querySelector(".numeros")?.textContent,
			side: link.dataset.cote,
			first: Number(link.dataset.de || 1),
			last: Number(link.dataset.a || Infinity),
		}));
		return { name, key: key(name), parts };
	});

	/* Answers: text, never HTML */

	const make = (name, ...inside) => {
		const made = document.createElement(name);
		made.append(...inside);
		return made;
	};
	const line = (...words) => make("p", ...words);
	const link = (of) => {
		const made = make("a", (of.querySelector("title") || of).textContent);
		made.href = of.getAttribute("href");
		return made;
	};
	const answer = (lines, ...links) => {
		said.replaceChildren(...lines);
		const shown = links.map((one) => one.getAttribute("href"));
		for (const one of map?.querySelectorAll("a") || []) {
			one.classList.toggle("ici", shown.includes(one.getAttribute("href")));
		}
		map?.querySelector(".moi")?.remove();
	};

	/* By street and number */

	const split = (text) => {
		const bare = text.replace(/[,\s]+\d{5}\b.*$/, "").trim();
		const found = /^(\d{1,4})\s*(?:bis|ter|quater|[a-d])?(?:\s*,\s*|\s+)(?=\D)/i.exec(bare);
		return found ? [bare.slice(found[0].length), found[1]] : [bare, ""];
	};
	const matching = (text) => {
		const wanted = key(text);
		const exact = streets.filter((one) => one.key === wanted);
		if (exact.length || !wanted) return exact;
		const words = wanted.split(" ");
		return streets.filter((one) => {
			const own = one.key.split(" ");
			return words.every((word) => own.some((each) => each.startsWith(word)));
		});
	};
	const MAP = " Voyez la carte.";
	const lookUp = () => {
		let [name, number] = split(find("cq_rue").value);
		number = (/\d+/.exec(find("cq_numero").value) || [number])[0];
		let found = matching(name);
		const behind = /^(.*\D)\s(\d{1,4})\D*$/.exec(name);
		if (!found.length && behind) {
			found = matching(behind[1]);
			number = number || behind[2];
		}
		if (!key(name)) return answer([line("Écrivez le nom de votre rue.")]);
		if (!found.length) {
			return answer([line(`« ${name} » n’est pas dans la table des rues.`, MAP)]);
		}
		if (found.length > 1) {
			const choices = found.slice(0, 12).map((one) => {
				const choice = make("button", one.name);
				choice.onclick = () => {
					find("cq_rue").value = one.name;
					find("cq_numero").value = number;
					lookUp();
					find("cq_rue").focus();
				};
				return make("li", choice);
			});
			return answer([line("Plusieurs rues répondent à ce nom. Laquelle ?"), make("ul", ...choices)]);
		}
		const [street] = found;
		const of = Number(number);
		const parts = number
			? street.parts.filter((one) => of >= one.first && of <= one.last
				&& (one.side === "tous" || (one.side === "pair") === (of % 2 === 0)))
			: street.parts;
		const places = [...new Map(parts.map((one) => [one.link.href, one.link])).values()];
		const shown = number ? `${number}, ${street.name}` : street.name;
		if (!parts.length) {
			return answer([line(`Le ${shown} n’est pas dans la table des rues.`, MAP)]);
		}
		const whole = street.parts.length === 1 && !street.parts[0].words;
		if (places.length === 1 && (number || whole)) {
			return answer([line(`${shown} : votre quartier est `, link(places[0]), ".")], ...places);
		}
		const lines = parts.map((one) => line(one.words || street.name, " : ", link(one.link)));
		return answer([line(`${shown} : le quartier dépend du numéro.`), ...lines], ...places);
	};
	form.onsubmit = (event) => {
		event.preventDefault();
		lookUp();
	};

	/* By position: ray casting on the paths of the map */

	const STREET = " Cherchez votre rue.";
	const look = (shape, left, top) => {
		let inside = false;
		let near = Infinity;
		for (const ring of shape.querySelector("path").getAttribute("d").split("M").slice(1)) {
			const steps = ring.match(/-?\d+/g);
			let [x, y] = [-left, -top]; // we are at 0, 0
			const points = steps.flatMap((_, at) => (at % 2 ? [] : [[x += +steps[at], y += +steps[at + 1]]]));
			points.forEach(([bx, by], at) => {
				const [ax, ay] = points.at(at - 1);
				const [dx, dy] = [bx - ax, by - ay];
				if ((ay > 0) !== (by > 0) && ax > (dx * ay) / dy) inside = !inside;
				const part = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
				near = Math.min(near, Math.hypot(ax + part * dx, ay + part * dy));
			});
		}
		return { shape, inside, near };
	};
	const placed = ({ coords }) => {
		const [west, north, across, upright] = ["ouest", "nord", "large", "haut"]
			.map((name) => Number(map.dataset[name]));
		const [x, y] = [(coords.longitude - west) * across, (north - coords.latitude) * upright];
		const doubt = coords.accuracy;
		const about = `${Math.ceil(doubt)}\u00a0m près`;
		const found = [...map.querySelectorAll("a")].map((shape) => look(shape, x, y));
		const own = found.filter((one) => one.inside);
		const others = found.filter((one) => !one.inside && one.near <= (doubt / 111195) * upright);
		const also = others.flatMap((one, at) => [at ? ", " : "", link(one.shape)]);
		if (doubt > 1000) {
			return answer([line(`Votre position n’est connue qu’à ${about} : c’est trop peu.`, STREET)]);
		}
		if (!own.length && !others.length) {
			return answer([line("Vous êtes hors des quartiers de cette carte.")]);
		}
		const lines = own.map((one) => line("Vous êtes dans le quartier ", link(one.shape), "."));
		if (others.length) {
			lines.push(line(`À ${about}, ce peut ${own.length ? "aussi " : ""}être : `, ...also, "."));
		}
		answer(lines, ...own.map((one) => one.shape));
		const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
		const marks = { class: "moi", cx: x, cy: y, r: map.viewBox.baseVal.width / 60 };
		for (const name in marks) dot.setAttribute(name, marks[name]);
		map.append(dot);
	};
	const failed = ({ code }) => answer([line({
		1: "Vous n’avez pas permis à cette page de connaître votre position.",
		3: "Votre position tarde à venir : réessayez.",
	}[code] || "Votre appareil ne trouve pas sa position.", STREET)]);

	const button = find("cq_position");
	if (map && navigator.geolocation && window.isSecureContext) {
		button.hidden = find("cq_promesse").hidden = false;
		button.onclick = () => {
			answer([line("Recherche de votre position…")]);
			navigator.geolocation.getCurrentPosition(placed, failed,
				{ enableHighAccuracy: true, timeout: 15000 });
		};
	}
	find("cq_rues").append(...streets.map(({ name }) => make("option", name)));
	form.hidden = !streets.length && button.hidden;
})();
