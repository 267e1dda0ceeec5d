#include "layout.h"

/* Windows' guidelines for dialogs, in dialog units. */
#define MARGIN 7
#define RELATED 4
#define UNRELATED 7
#define LABEL_GAP 3
#define BUTTON_HEIGHT 14
#define BUTTON_WIDTH 50
#define BUTTON_PADDING 6
#define CHECK_HEIGHT 10
#define NARROWEST 252
#define WIDEST 340

static int larger(int one, int other)
{
    return one > other ? one : other;
}

static int smaller(int one, int other)
{
    return one < other ? one : other;
}

/* Dialog units to pixels, rounded as MapDialogRect does. */
static int across(const struct layout_measures *with, int units)
{
    return (units * with->unit_x + 2) / 4;
}

static int down(const struct layout_measures *with, int units)
{
    return (units * with->unit_y + 4) / 8;
}

static int button_width(const struct layout_measures *with, int text)
{
    return larger(across(with, BUTTON_WIDTH), text + 2 * across(with, BUTTON_PADDING));
}

static int client_width(const struct layout_measures *with)
{
    const int buttons =
        button_width(with, with->open_width) + across(with, RELATED) + button_width(with, with->close_width);
    const int content = larger(larger(with->list_width + with->frame, with->check_width), buttons);
    const int wanted = content + 2 * across(with, MARGIN);
    const int bounded = smaller(larger(wanted, across(with, NARROWEST)), across(with, WIDEST));
    return smaller(larger(bounded, buttons + 2 * across(with, MARGIN)), with->widest);
}

/* A label and, beside it, its value. Returns where the next row begins. */
static int put_fact(struct layout *out, const struct layout_measures *with, enum dialog_control label,
                    int top)
{
    const enum dialog_control value = (enum dialog_control)(label + 1);
    const int left = across(with, MARGIN);
    const int column = left + with->label_width + across(with, LABEL_GAP);
    const int width = out->width - left - column;
    const int height = with->height_of(with->context, value, width);
    out->places[label] = (struct layout_place){left, top, with->label_width, with->unit_y};
    out->places[value] = (struct layout_place){column, top, width, height};
    return top + larger(height, with->unit_y) + down(with, RELATED);
}

static int put(struct layout *out, const struct layout_measures *with, enum dialog_control control, int top,
               int height, int gap)
{
    const int left = across(with, MARGIN);
    out->places[control] = (struct layout_place){left, top, out->width - 2 * left, height};
    return top + height + down(with, gap);
}

/* As many rows as there are lines, within bounds, and within the `room` that the screen leaves. */
static int list_height(const struct layout_measures *with, int room)
{
    const int rows = smaller(larger(with->row_count, LIST_ROWS_LEAST), LIST_ROWS_MOST);
    const int border = 4;
    const int fitting = larger((room - border) / with->row_height, LIST_ROWS_FEWEST);
    return smaller(rows, fitting) * with->row_height + border;
}

struct layout layout_make(const struct layout_measures *measures)
{
    const struct layout_measures *with = measures;
    struct layout out = {.width = client_width(with)};
    const int inner = out.width - 2 * across(with, MARGIN);
    const int check = larger(down(with, CHECK_HEIGHT), with->height_of(with->context, CONTROL_TRACE, inner));
    const int note = with->height_of(with->context, CONTROL_TRACE_NOTE, inner);
    const int button = down(with, BUTTON_HEIGHT);
    int top = down(with, MARGIN);
    top = put_fact(&out, with, CONTROL_VERSION_LABEL, top);
    top = put_fact(&out, with, CONTROL_LINK_LABEL, top) + down(with, UNRELATED - RELATED);
    top = put(&out, with, CONTROL_LINES_LABEL, top, with->unit_y, 1);
    const int below = check + note + button + down(with, 3 * UNRELATED + 1);
    top = put(&out, with, CONTROL_LINES, top, list_height(with, with->highest - top - below), UNRELATED);
    top = put(&out, with, CONTROL_TRACE, top, check, 1);
    top = put(&out, with, CONTROL_TRACE_NOTE, top, note, UNRELATED);
    const int close = button_width(with, with->close_width);
    const int open = button_width(with, with->open_width);
    const int right = out.width - across(with, MARGIN) - close;
    out.places[CONTROL_OPEN] = (struct layout_place){right - across(with, RELATED) - open, top, open, button};
    out.places[CONTROL_CLOSE] = (struct layout_place){right, top, close, button};
    out.height = top + button + down(with, MARGIN);
    return out;
}
