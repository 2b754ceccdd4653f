"""The proof of the output: what lies in the folder to publish, judged without the build's word.

Six parts, each one module or a few: nothing unknown (`allowed`), no private text (`leaks`), none
either where every private field was given a word to betray it (`canary`), pages that load and
name nothing that they should not (`structure`), spaces that their keys open and no other does
(`opened`), and a published site that is the one built here (`live`). Everything reads; nothing is
repaired, and nothing private is shown where CI is set.
"""
