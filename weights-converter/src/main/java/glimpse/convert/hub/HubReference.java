package glimpse.convert.hub;

import glimpse.convert.error.ConvertException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on a hub, written {@code hf:OWNER/NAME[@REVISION][/FILE]}: {@code hf:facebook/deit-tiny-patch16-224}. A
 * revision is a branch, a tag or a commit; {@code %2F} stands for a slash in it.
 *
 * @param owner whose repository it is
 * @param name of the repository
 * @param revision branch, tag or commit; {@code main} unless given
 * @param file the checkpoint's path in the repository; if empty, the usual names are tried
 */
public record HubReference(String owner, String name, String revision, Optional<String> file) {
    /** What a reference begins with. */
    public static final String PREFIX = "hf:";

    private static final String SEGMENT = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?";
    private static final Pattern FORM =
            Pattern.compile(PREFIX + "(" + SEGMENT + ")/(" + SEGMENT + ")(?:@([^/]+))?(?:/(.+))?");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+-]{0,199}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int LONGEST_PATH = 500;

    /** Checks that nothing is null. */
    public HubReference {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(revision, "revision");
        Objects.requireNonNull(file, "file");
    }

    /** Returns whether a text is meant as a reference, though it may be a wrong one. */
    public static boolean isReference(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * Reads a reference.
     *
     * @throws ConvertException if the text isn't one
     */
    public static HubReference parse(String text) throws ConvertException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new ConvertException(text + ": expected hf:OWNER/NAME[@REVISION][/FILE]");
        }
        String revision = form.group(3) == null ? "main" : form.group(3).replace("%2F", "/");
        if (!REVISION.matcher(revision).matches() || !isPlainPath(revision)) {
            throw new ConvertException(text + ": '" + revision + "' is no revision, expected a branch, tag or commit");
        }
        String file = form.group(4);
        if (file != null && !isPlainPath(file)) {
            throw new ConvertException(text + ": '" + file + "' is no file of a repository");
        }
        return new HubReference(form.group(1), form.group(2), revision, Optional.ofNullable(file));
    }

    /** Returns whether a path stays below the folder that it is resolved against, on every operating system. */
    static boolean isPlainPath(String path) {
        if (path.isEmpty() || path.length() > LONGEST_PATH) {
            return false;
        }
        for (String segment : path.split("/", -1)) {
            boolean plain = segment.chars().allMatch(c -> c >= ' ' && c != '\\' && c != ':' && c < 0x7F);
            if (!plain || segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /** Returns the repository as the hub writes it: owner and name. */
    public String repository() {
        return owner + "/" + name;
    }

    /** Returns whether the revision is a commit, which never changes. */
    boolean isCommit() {
        return isCommit(revision);
    }

    static boolean isCommit(String revision) {
        return COMMIT.matcher(revision).matches();
    }

    /** Returns the reference as it is written. */
    @Override
    public String toString() {
        String at = revision.equals("main") ? "" : "@" + revision.replace("/", "%2F");
        return PREFIX + repository() + at + file.map(path -> "/" + path).orElse("");
    }
}
