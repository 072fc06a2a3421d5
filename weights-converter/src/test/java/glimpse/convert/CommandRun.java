package glimpse.convert;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** The output and exit code of a command. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int exitCode = new CommandLine(new ConvertCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(texts);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
