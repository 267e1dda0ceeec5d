/*
 * Where the dialog's controls stand. Pure arithmetic, in pixels: the dialog measures its texts in its font at
 * its scaling and gets rectangles back, in the order in which the Tab key and a screen reader go through
 * them.
 */
#ifndef TAPLINE_DIALOG_LAYOUT_H
#define TAPLINE_DIALOG_LAYOUT_H

enum dialog_control {
    CONTROL_VERSION_LABEL,
    CONTROL_VERSION,
    CONTROL_LINK_LABEL,
    CONTROL_LINK,
    CONTROL_LINES_LABEL,
    CONTROL_LINES,
    CONTROL_TRACE,
    CONTROL_TRACE_NOTE,
    CONTROL_OPEN,
    CONTROL_CLOSE,
    DIALOG_CONTROL_COUNT
};

/* Lines the list shows at once, as far as the screen has room. */
#define LIST_ROWS_FEWEST 2
#define LIST_ROWS_LEAST 4
#define LIST_ROWS_MOST 10

struct layout_measures {
    int unit_x; /* average width of a character: four horizontal dialog units */
    int unit_y; /* height of a line of text: eight vertical dialog units */
    int widest; /* a client area never gets wider or higher than the screen has room for */
    int highest;
    int label_width; /* of the widest of the labels before the values */
    int list_width;  /* of the widest line in the list, with its columns */
    int row_height;  /* of a line in the list */
    int row_count;
    int frame;       /* of the list: what its border and scroll bar take in width */
    int check_width; /* of the check box with its text on one line */
    int open_width;  /* of the texts of the buttons */
    int close_width;
    /* Height of a control's text when it is broken at this width. */
    int (*height_of)(void *context, enum dialog_control control, int width);
    void *context;
};

struct layout_place {
    int x;
    int y;
    int width;
    int height;
};

struct layout {
    int width; /* of the client area */
    int height;
    struct layout_place places[DIALOG_CONTROL_COUNT];
};

struct layout layout_make(const struct layout_measures *measures);

#endif
