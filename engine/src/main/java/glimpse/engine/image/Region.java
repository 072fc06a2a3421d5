package glimpse.engine.image;

/** A rectangle of pixels; right and bottom are exclusive. */
record Region(int left, int top, int width, int height) {
    static Region between(int left, int top, int right, int bottom) {
        return new Region(left, top, right - left, bottom - top);
    }

    int right() {
        return left + width;
    }

    int bottom() {
        return top + height;
    }
}
