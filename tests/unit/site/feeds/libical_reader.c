/* Reads one .ics from standard input with libical and says in JSON what it understood: its faults,
 * and for each VEVENT the texts, the moments (seconds since 1970, UTC) and the occurrences up to
 * the moment given as first argument. Used by the tests only. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_string(const char *text) {
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
        if (*c == '"' || *c == '\\') printf("\\%c", *c);
        else if (*c < 0x20) printf("\\u%04x", *c);
        else putchar(*c);
    }
    putchar('"');
}

static void put_text(const char *name, const char *text) {
    printf("\"%s\":", name);
    if (text) put_string(text);
    else printf("null");
    putchar(',');
}

static void put_moment(const char *name, struct icaltimetype when) {
    printf("\"%s\":", name);
    if (icaltime_is_null_time(when)) printf("null,");
    else printf("%lld,", (long long)icaltime_as_timet_with_zone(when, when.zone));
}

struct listing {
    time_t until;
    int count;
};

static void put_occurrence(icalcomponent *event, struct icaltime_span *span, void *data) {
    struct listing *listing = data;
    (void)event;
    if (span->start > listing->until) return;
    printf("%s%lld", listing->count++ ? "," : "", (long long)span->start);
}

static struct icaltimetype end_of(icalcomponent *event) {
    icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
    return end ? icalproperty_get_datetime_with_component(end, event) : icaltime_null_time();
}

static void put_event(icalcomponent *event, time_t until) {
    icalproperty *url = icalcomponent_get_first_property(event, ICAL_URL_PROPERTY);
    struct icaltimetype start = icalcomponent_get_dtstart(event);
    struct listing listing = {until, 0};
    putchar('{');
    put_text("uid", icalcomponent_get_uid(event));
    put_text("summary", icalcomponent_get_summary(event));
    put_text("description", icalcomponent_get_description(event));
    put_text("location", icalcomponent_get_location(event));
    put_text("url", url ? icalproperty_get_url(url) : NULL);
    put_text("status", icalproperty_status_to_string(icalcomponent_get_status(event)));
    put_text("zone", start.zone ? icaltimezone_get_tzid((icaltimezone *)start.zone) : NULL);
    put_moment("stamp", icalcomponent_get_dtstamp(event));
    put_moment("start", start);
    put_moment("end", end_of(event));
    printf("\"all_day\":%s,", start.is_date ? "true" : "false");
    printf("\"sequence\":%d,", icalcomponent_get_sequence(event));
    printf("\"properties\":[");
    icalproperty *one = icalcomponent_get_first_property(event, ICAL_ANY_PROPERTY);
    for (int more = 0; one; one = icalcomponent_get_next_property(event, ICAL_ANY_PROPERTY)) {
        if (more++) putchar(',');
        put_string(icalproperty_get_property_name(one));
    }
    printf("],");
    printf("\"occurrences\":[");
    /* It compares local times with its bounds, whatever their zones: two days more, cut above. */
    icalcomponent_foreach_recurrence(event, icaltime_from_timet_with_zone(0, 0, NULL),
                                     icaltime_from_timet_with_zone(until + 172800, 0, NULL),
                                     put_occurrence, &listing);
    printf("]}");
}

int main(int argc, char **argv) {
    size_t size = 0, room = 1 << 20, read;
    char *data = malloc(room);
    while ((read = fread(data + size, 1, room - size - 1, stdin)) > 0) {
        size += read;
        if (room - size < 2) data = realloc(data, room *= 2);
    }
    data[size] = 0;
    icalerror_set_errors_are_fatal(0);
    icalcomponent *root = icalparser_parse_string(data);
    if (!root) return 1;
    icalrestriction_check(root);
    printf("{\"errors\":%d,\"faults\":[", icalcomponent_count_errors(root));
    int first = 1;
    icalcomponent *inner = root;
    for (icalcompiter at = icalcomponent_begin_component(root, ICAL_ANY_COMPONENT); inner;
         inner = icalcompiter_deref(&at), icalcompiter_next(&at)) {
        icalproperty *fault = icalcomponent_get_first_property(inner, ICAL_XLICERROR_PROPERTY);
        for (; fault; fault = icalcomponent_get_next_property(inner, ICAL_XLICERROR_PROPERTY)) {
            if (!first) putchar(',');
            first = 0;
            put_string(icalproperty_get_xlicerror(fault));
        }
    }
    printf("],\"events\":[");
    first = 1;
    icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
    for (; event; event = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)) {
        if (!first) putchar(',');
        first = 0;
        put_event(event, argc > 1 ? (time_t)atoll(argv[1]) : 0);
    }
    printf("]}\n");
    icalcomponent_free(root);
    free(data);
    return 0;
}
