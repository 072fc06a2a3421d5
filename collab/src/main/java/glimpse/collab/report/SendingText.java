package glimpse.collab.report;

import glimpse.collab.evaluate.Sending;

/** What is sent, in the three columns that tables have for it. */
final class SendingText {
    /** The selection of a row whose images are sent whole, as files. */
    static final String FILE = "file";

    private SendingText() {}

    static String score(Sending sending) {
        return switch (sending) {
            case Sending.Patches patches -> patches.selector().score().spec();
            case Sending.WholeFile file -> "none";
        };
    }

    static String selection(Sending sending) {
        return switch (sending) {
            case Sending.Patches patches -> patches.selector().selection().spec();
            case Sending.WholeFile file -> FILE;
        };
    }

    static String codec(Sending sending) {
        return switch (sending) {
            case Sending.Patches patches -> patches.codec().spec();
            case Sending.WholeFile file -> file.format().spec();
        };
    }
}
