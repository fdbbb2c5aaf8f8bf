"""The rules for writing YAML in a flow, each with the paragraph that `flows check --explain RULE` shows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "yaml-alias": 'To YAML, a word after "*" stands for something marked elsewhere in the file. Flows do not have '
        "that, since a reader could not see what a step says. Write the value where it is used; if you meant a text "
        "that begins with a star, put it in quotes.",
        "yaml-anchor": 'To YAML, a word after "&" is a mark that other lines can point to. Flows do not have that. '
        'Remove the mark; if you meant a text that begins with "&", put it in quotes.',
        "yaml-colon": 'To YAML, ": " and ":" at the end of a line end a name, as in "say: Hello". A text that holds '
        "them must stand in quotes, or it would be read as a name with a value.",
        "yaml-comment": 'To YAML, everything after a space and "#" is a comment, and your readers would never see it. '
        "Put the text in quotes if it belongs to the text. If it is a comment, put two spaces before it.",
        "yaml-control": "The file holds a character that cannot be seen and that no text should have, such as NUL. It "
        "often comes from copying out of another program. Delete it and write the place anew.",
        "yaml-directive": 'A line that begins with "%" tells a YAML program how to read the file. Flows are always read '
        "the same way, so the line must go.",
        "yaml-double-key": "The same name stands twice in one place, and only one of them could count. Keep one.",
        "yaml-empty-value": 'After ":" or "-" something must follow: a text on the same line, or lines below that begin '
        "further in. Nothing is never guessed to mean anything.",
        "yaml-encoding": "Files must be saved as UTF-8, so that every letter reads the same everywhere. In most editors "
        'it is found under "Save as", "Encoding".',
        "yaml-flow-map": "Names and values between { and } are hard to read and easy to get wrong. Write each on a line "
        "of its own, two spaces further in.",
        "yaml-flow-text": "Between [ and ] only single words may stand, such as names of options and roles, since a "
        "comma in a text would cut it in two. Write texts on lines of their own, each after a dash.",
        "yaml-folded": 'With ">" YAML joins lines and drops breaks by rules of its own. Write "|" instead: then the '
        "lines stay as you write them.",
        "yaml-indent": "How far in a line begins says what it belongs to. Lines that belong together begin at the same "
        "place. This line begins at a place where nothing else does, so that it would be read as something else.",
        "yaml-indent-then": 'Steps under "then:" begin at least as far in as "then:" itself. Further left they belong '
        "to the list around it and would run always, not only when the condition holds.",
        "yaml-merge": 'To YAML, "<<:" copies another part of the file to this place. Flows do not have that. Write out '
        "what belongs here.",
        "yaml-missing-colon": 'A name must be followed by ":", as in "say: Hello" or "then:". Without it the line is '
        "read as a text.",
        "yaml-missing-space": 'YAML sees a name only if a space follows its ":", and a dash only if a space follows it. '
        "Without the space the whole line is read as a text.",
        "yaml-multi-document": 'A line with only "---" or "..." ends the flow. One file holds one flow; move the rest to '
        "a file of its own.",
        "yaml-no-name": "Every line is a name with its value, or begins with a dash. This line is neither, and nothing "
        "above it is a text that it could go on with.",
        "yaml-quote": "A text in quotes must end with the same quote it began with, on the same line; only \" and ' "
        'are quotes to YAML. Between " and " a backslash begins a code such as \\n; a text with backslashes '
        "stands between ' and '.",
        "yaml-several-lines": 'A text of several lines needs "|" after its name, and the text on the lines below, each '
        "beginning two spaces further in. Then the lines stay as you write them.",
        "yaml-space": "A space that looks like any other but is not (such as a non-breaking space) stands where YAML "
        "needs plain ones. It often comes from copying out of a document or a web page. Type the spaces anew.",
        "yaml-starts-with": "Some signs have a meaning to YAML when a text begins with them: "
        "* { } [ ] \" ' > | @ ` % & ! # , and - ? : before a space. Put such a text in quotes.",
        "yaml-syntax": "The line cannot be read as YAML. Look for a quote or a bracket that is not closed, on the line "
        "itself and on those before it.",
        "yaml-tab": "YAML does not allow tabs at the beginning of a line, since they are as wide as each editor likes. "
        "Use spaces, two for each level.",
        "yaml-tag": 'To YAML, a word after "!" says of which kind a value is. In flows every value is text. Remove it; '
        'if you meant a text that begins with "!", put it in quotes.',
        "yaml-too-deep": "The file has more levels inside each other than any flow needs. Often a whole part has been "
        "pasted at the wrong place.",
        "yaml-too-large": "The file or a line is larger than a flow needs. Split the file, and let one flow call the other; "
        'write a long text on several lines under "|".',
    }
)
