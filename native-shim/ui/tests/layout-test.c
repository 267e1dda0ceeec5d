/* The dialog's layout at every scaling, for short and long texts, on large and small screens. */
#include "../../tests/check.h"
#include "../layout.h"

/* A text of so many average characters, in the dialog's font. */
struct font {
    int unit_x;
    int unit_y;
    int characters;
};

static int height_of(void *context, enum dialog_control control, int width)
{
    const struct font *font = context;
    (void)control;
    CHECK(width > 0);
    const int in_a_line = width / font->unit_x;
    return font->unit_y * ((font->characters + in_a_line - 1) / in_a_line);
}

static struct layout make(struct font *font, int rows, int widest, int highest)
{
    const struct layout_measures measures = {
        .unit_x = font->unit_x,
        .unit_y = font->unit_y,
        .widest = widest,
        .highest = highest,
        .label_width = 12 * font->unit_x,
        .list_width = font->characters * font->unit_x,
        .row_height = font->unit_y,
        .row_count = rows,
        .frame = 20,
        .check_width = font->characters * font->unit_x,
        .open_width = 16 * font->unit_x,
        .close_width = 10 * font->unit_x,
        .height_of = height_of,
        .context = font,
    };
    return layout_make(&measures);
}

static bool overlap(const struct layout_place *one, const struct layout_place *other)
{
    return one->x < other->x + other->width && other->x < one->x + one->width &&
           one->y < other->y + other->height && other->y < one->y + one->height;
}

static void check_places(const struct layout *layout)
{
    for (int i = 0; i < DIALOG_CONTROL_COUNT; i++) {
        const struct layout_place *at = &layout->places[i];
        CHECK(at->width > 0 && at->height > 0 && at->x >= 0 && at->y >= 0);
        CHECK(at->x + at->width <= layout->width && at->y + at->height <= layout->height);
        for (int j = 0; j < i; j++) {
            CHECK(!overlap(at, &layout->places[j]));
            /* The Tab key goes down, and within a row to the right. */
            CHECK(layout->places[j].y < at->y ||
                  (layout->places[j].y == at->y && layout->places[j].x < at->x));
        }
    }
}

static void nothing_overlaps_and_all_is_inside(void)
{
    for (int percent = 100; percent <= 200; percent += 25) {
        for (int characters = 5; characters <= 160; characters += 31) {
            for (int rows = 0; rows <= 400; rows += 8) {
                struct font font = {7 * percent / 100, 15 * percent / 100, characters};
                const struct layout layout = make(&font, rows, 3840, 2160);
                check_places(&layout);
            }
        }
    }
}

static void a_small_screen_gets_a_shorter_list(void)
{
    for (int percent = 100; percent <= 200; percent += 25) {
        struct font font = {7 * percent / 100, 15 * percent / 100, 80};
        const struct layout roomy = make(&font, 50, 3840, 2160);
        const struct layout tight = make(&font, 50, 1000, 700);
        check_places(&tight);
        CHECK(tight.width <= 1000 && tight.height <= 700);
        CHECK(tight.places[CONTROL_LINES].height >= LIST_ROWS_FEWEST * font.unit_y);
        CHECK(roomy.places[CONTROL_LINES].height >= LIST_ROWS_MOST * font.unit_y);
    }
}

static void twice_the_scaling_is_twice_the_size(void)
{
    struct font plain = {7, 15, 60};
    struct font twice = {14, 30, 60};
    const struct layout small = make(&plain, 6, 3840, 2160);
    const struct layout large = make(&twice, 6, 3840, 2160);
    for (int i = 0; i < DIALOG_CONTROL_COUNT; i++) {
        const int expected = 2 * small.places[i].height;
        CHECK(large.places[i].height >= expected - 6 && large.places[i].height <= expected + 6);
    }
    CHECK(large.places[CONTROL_CLOSE].height >= 2 * 14 * 15 / 8);
}

void test_dialog_layout(void)
{
    RUN(nothing_overlaps_and_all_is_inside);
    RUN(a_small_screen_gets_a_shorter_list);
    RUN(twice_the_scaling_is_twice_the_size);
}
