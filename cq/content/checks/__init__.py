"""Every check across files, in the order in which they run. Checks do not see each other.

To add one: a function from a Content to findings, its docstring the reason, in the module of its
family; its name here; its codes in docs/diagnostics.md; a case for each fault in tests/cases.
"""

from cq.content.check import Check
from cq.content.checks.communities import faulty_communities, missing_communities
from cq.content.checks.dates import (
    clock_changes,
    contradicted_weekdays,
    days_off_the_rule,
    future_comparisons,
    never_published,
)
from cq.content.checks.debates import (
    answers_astray,
    arguments_astray,
    debates_without_meeting,
)
from cq.content.checks.draws import (
    countersigned_draws,
    draw_calendars,
    draws_without_page,
    journals,
    small_groups,
    true_draws,
)
from cq.content.checks.duplicates import address_clashes, duplicate_items, old_address_clashes
from cq.content.checks.files import big_files, missing_files, unused_files, wrong_types
from cq.content.checks.follow_up import (
    future_answers,
    future_steps,
    named_people,
    overdue_dossiers,
    questions_off_meetings,
)
from cq.content.checks.legal import declared_state, missing_details, no_charter
from cq.content.checks.links import broken_links
from cq.content.checks.papers import long_pdfs, scanned_pdfs, unreadable_pdfs
from cq.content.checks.people import contact_faults, register_faults, team_faults
from cq.content.checks.perimeters import far_outlines, overlapping_outlines, streets_twice
from cq.content.checks.privacy import personal_data, personal_data_in_pdfs
from cq.content.checks.references import (
    unknown_authors,
    unknown_communities,
    unknown_references,
)
from cq.content.checks.reserved import reserved_addresses
from cq.content.checks.site import absent_spaces, no_web_address

CHECKS: tuple[Check, ...] = (
    broken_links,
    unknown_references,
    unknown_communities,
    unknown_authors,
    team_faults,
    contact_faults,
    register_faults,
    missing_files,
    big_files,
    wrong_types,
    unused_files,
    clock_changes,
    contradicted_weekdays,
    never_published,
    future_comparisons,
    days_off_the_rule,
    future_steps,
    overdue_dossiers,
    future_answers,
    questions_off_meetings,
    named_people,
    debates_without_meeting,
    arguments_astray,
    answers_astray,
    true_draws,
    journals,
    draws_without_page,
    countersigned_draws,
    draw_calendars,
    small_groups,
    duplicate_items,
    address_clashes,
    old_address_clashes,
    reserved_addresses,
    personal_data,
    personal_data_in_pdfs,
    missing_communities,
    faulty_communities,
    overlapping_outlines,
    far_outlines,
    streets_twice,
    unreadable_pdfs,
    scanned_pdfs,
    long_pdfs,
    no_web_address,
    absent_spaces,
    declared_state,
    missing_details,
    no_charter,
)
