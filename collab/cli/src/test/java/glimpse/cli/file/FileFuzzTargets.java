package glimpse.cli.file;

import glimpse.cli.error.UsageException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import java.util.List;

/** A file with a token reads every input, or names it. */
public final class FileFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public FileFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of(
                "token-file",
                input -> TokenFile.read("--token-file", Scratch.write("token", input)),
                UsageException.class));
    }
}
