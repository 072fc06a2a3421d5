package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;

/** What is true of every selection that options and files can name. */
final class Selections {
    private Selections() {}

    /** Checks that a selection is written in its plainest form, which is read as the same selection. */
    static PatchSelection assertWritten(String text, String written) {
        PatchSelection selection = PatchSelection.parse(text);
        assertThat(selection.spec()).isEqualTo(written);
        assertThat(PatchSelection.parse(written)).isEqualTo(selection);
        return selection;
    }
}
