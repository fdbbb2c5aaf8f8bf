"""Block Kit's elements, with their documented limits: docs.slack.dev/reference/block-kit/block-elements."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.rules import (
    PLAIN,
    Check,
    Rule,
    Rules,
    anything,
    array,
    boolean,
    exclusive,
    integer,
    obj,
    one_of,
    ordered,
    string,
    text,
)

ID, URL = string(255), string(3000)
STYLE = one_of("primary", "danger")
CONFIRM = obj(
    {"title": text(100, PLAIN), "text": text(300), "confirm": text(30, PLAIN), "deny": text(30, PLAIN)},
    {"style": STYLE},
)


def option(kinds: tuple[str, ...] = PLAIN, *, url: bool = False) -> Rule:
    more = {"description": text(75, kinds)} | ({"url": URL} if url else {})
    return obj({"text": text(75, kinds), "value": string(150)}, more)


OPTION, RICH_OPTION = option(), option(("plain_text", "mrkdwn"))
GROUP = obj({"label": text(75, PLAIN), "options": array(OPTION, 1, 100)})
FILTER = obj(
    {},
    {
        "include": array(one_of("im", "mpim", "private", "public"), 1),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
)
DISPATCH = obj({}, {"trigger_actions_on": array(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})


def element(
    kind: str,
    required: Rules | None = None,
    optional: Rules | None = None,
    extra: Rule | None = None,
    *,
    focus: bool = True,
    placeholder: bool = True,
    confirm: bool = True,
) -> Rule:
    base: dict[str, Rule] = {"type": one_of(kind), **(required or {})}
    more: dict[str, Rule] = {"action_id": ID, **(optional or {})}
    more |= {"focus_on_load": boolean} if focus else {}
    more |= {"placeholder": text(150, PLAIN)} if placeholder else {}
    more |= {"confirm": CONFIRM} if confirm else {}

    def check(v: Any, p: str, c: Check) -> None:
        c.focus += bool(v.get("focus_on_load"))
        if extra:
            extra(v, p, c)

    return obj(base, more, check)


def list_of(v: Any, key: str) -> list[Any]:
    """A copy of the list under this key; of anything else nothing."""
    found = v.get(key) if isinstance(v, dict) else None
    return list(found) if isinstance(found, list) else []


def options_of(v: Any) -> list[Any]:
    """All options of a select, with those in groups."""
    grouped = [o for g in list_of(v, "option_groups") for o in list_of(g, "options")]
    return list_of(v, "options") + grouped


def _initial_in_options(v: Any, p: str, c: Check) -> None:
    chosen = list_of(v, "initial_options") or ([v["initial_option"]] if "initial_option" in v else [])
    if any(o not in options_of(v) for o in chosen):
        c.err("initial option must exactly match one of the provided options", p)


def _static(v: Any, p: str, c: Check) -> None:
    exclusive("options", "option_groups")(v, p, c)
    _initial_in_options(v, p, c)


STATIC: Rules = {"options": array(OPTION, 1, 100), "option_groups": array(GROUP, 1, 100)}
MAX_SELECTED: Rules = {"max_selected_items": integer(1)}
RESPONSE_URL: Rules = {"response_url_enabled": boolean}
CONVERSATION: Rules = {"default_to_current_conversation": boolean, "filter": FILTER}
IDS = array(string(64))
DATE, HHMM = string(10, pattern=r"\d{4}-\d\d-\d\d"), string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
IMAGE = obj(
    {"type": one_of("image"), "alt_text": string(2000)},
    {"image_url": URL, "slack_file": anything},
    exclusive("image_url", "slack_file"),
)
SELECTS: dict[str, Rule] = {
    "static_select": element("static_select", {}, {**STATIC, "initial_option": anything}, _static),
    "external_select": element("external_select", {}, {"initial_option": anything, "min_query_length": integer(0)}),
    "users_select": element("users_select", {}, {"initial_user": string()}),
    "conversations_select": element(
        "conversations_select", {}, {**CONVERSATION, **RESPONSE_URL, "initial_conversation": string()}
    ),
    "channels_select": element("channels_select", {}, {**RESPONSE_URL, "initial_channel": string()}),
    "multi_static_select": element(
        "multi_static_select", {}, {**STATIC, **MAX_SELECTED, "initial_options": anything}, _static
    ),
    "multi_external_select": element(
        "multi_external_select", {}, {**MAX_SELECTED, "initial_options": anything, "min_query_length": integer(0)}
    ),
    "multi_users_select": element("multi_users_select", {}, {**MAX_SELECTED, "initial_users": IDS}),
    "multi_conversations_select": element(
        "multi_conversations_select", {}, {**MAX_SELECTED, **CONVERSATION, "initial_conversations": IDS}
    ),
    "multi_channels_select": element("multi_channels_select", {}, {**MAX_SELECTED, "initial_channels": IDS}),
}
BUTTON = element(
    "button",
    {"text": text(75, PLAIN)},
    {
        "url": URL,
        "value": string(2000),
        "style": STYLE,
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
    },
    focus=False,
    placeholder=False,
)
TICKED = {"options": array(RICH_OPTION, 1, 10)}
CHOICES: dict[str, Rule] = {
    "checkboxes": element("checkboxes", TICKED, {"initial_options": anything}, _initial_in_options, placeholder=False),
    "radio_buttons": element(
        "radio_buttons", TICKED, {"initial_option": anything}, _initial_in_options, placeholder=False
    ),
    "datepicker": element("datepicker", {}, {"initial_date": DATE}),
    "timepicker": element("timepicker", {}, {"initial_time": HHMM, "timezone": string(64)}),
    **SELECTS,
}
OVERFLOW = element("overflow", {"options": array(option(url=True), 1, 5)}, focus=False, placeholder=False)
DATETIME = element("datetimepicker", {}, {"initial_date_time": integer(10**9, 10**10 - 1)}, placeholder=False)
WORKFLOW = element(
    "workflow_button",
    {"text": text(75, PLAIN), "workflow": anything},
    {"style": STYLE, "accessibility_label": string(75)},
    focus=False,
    placeholder=False,
    confirm=False,
)
PRESSED = {"button": BUTTON, "overflow": OVERFLOW, "workflow_button": WORKFLOW}
ACTION_ELEMENTS: Rules = {**PRESSED, "datetimepicker": DATETIME, **CHOICES}
ACCESSORIES: Rules = {**PRESSED, "image": IMAGE, **CHOICES}


def _typed(kind: str, required: Rules | None = None, optional: Rules | None = None, extra: Rule | None = None) -> Rule:
    more: Rules = {"dispatch_action_config": DISPATCH, "initial_value": string(), **(optional or {})}
    return element(kind, required, more, extra, confirm=False)


INPUTS: Rules = {
    **CHOICES,
    "datetimepicker": DATETIME,
    "plain_text_input": _typed(
        "plain_text_input",
        {},
        {
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        ordered("min_length", "max_length"),
    ),
    "email_text_input": _typed("email_text_input"),
    "url_text_input": _typed("url_text_input"),
    "number_input": _typed(
        "number_input",
        {"is_decimal_allowed": boolean},
        {"min_value": string(), "max_value": string()},
        ordered("min_value", "max_value"),
    ),
    "rich_text_input": _typed("rich_text_input", {}, {"initial_value": anything}),
    "file_input": element(
        "file_input",
        {},
        {"filetypes": array(string()), "max_files": integer(1, 10)},
        focus=False,
        placeholder=False,
        confirm=False,
    ),
}
