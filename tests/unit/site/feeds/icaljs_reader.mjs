// Reads .ics files with ical.js in its strict mode and says in JSON what it understood, one object
// a line: the texts, the moments (seconds since 1970, UTC) and the occurrences up to `until`.
// Standard input holds a JSON list of {ics, until}; the first argument is ical.js itself.
// Used by the tests only.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));
ICAL.design.strict = true;

const seconds = (time) =>
  time === null
    ? null
    : time.isDate
      ? Date.UTC(time.year, time.month - 1, time.day) / 1000
      : time.toUnixTime();

function understood(component, until) {
  const event = new ICAL.Event(component);
  const text = (name) => component.getFirstPropertyValue(name);
  const occurrences = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    if (seconds(next) > until) break;
    occurrences.push(seconds(next));
  }
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    location: event.location,
    url: text("url"),
    status: text("status"),
    zone: event.startDate.zone.tzid,
    stamp: seconds(text("dtstamp")),
    start: seconds(event.startDate),
    end: seconds(text("dtend")),
    all_day: event.startDate.isDate,
    sequence: event.sequence,
    properties: component.getAllProperties().map((one) => one.name.toUpperCase()),
    categories: component.getFirstProperty("categories")?.getValues() ?? [],
    occurrences: event.isRecurring() ? occurrences : [seconds(event.startDate)],
  };
}

for (const { ics, until } of JSON.parse(readFileSync(0, "utf8"))) {
  ICAL.TimezoneService.reset();
  const root = new ICAL.Component(ICAL.parse(ics));
  for (const zone of root.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const events = root.getAllSubcomponents("vevent").map((one) => understood(one, until));
  const name = root.getFirstPropertyValue("x-wr-calname");
  process.stdout.write(JSON.stringify({ name, events }) + "\n");
}
