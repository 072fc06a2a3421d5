package glimpse.cli.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;

/** Standard output that loses nothing in silence. */
public final class StandardOutput {
    private StandardOutput() {}

    /**
     * Returns a buffered printer whose {@code print}, {@code println} and {@code flush} throw {@link OutputException}
     * as soon as the stream can't be written to. After that it drops what it is given: the error is reported once.
     */
    public static PrintWriter to(OutputStream stream, Charset charset) {
        return new PrintWriter(new CheckedWriter(new BufferedWriter(new OutputStreamWriter(stream, charset))));
    }

    private static final class CheckedWriter extends Writer {
        private final Writer target;
        private boolean failed;

        CheckedWriter(Writer target) {
            this.target = target;
        }

        @Override
        public void write(char[] text, int from, int length) {
            attempt(() -> target.write(text, from, length));
        }

        @Override
        public void flush() {
            attempt(target::flush);
        }

        @Override
        public void close() {
            attempt(target::close);
        }

        private void attempt(Step step) {
            if (failed) {
                return;
            }
            try {
                step.run();
            } catch (IOException e) {
                failed = true;
                throw new OutputException(e);
            }
        }

        private interface Step {
            void run() throws IOException;
        }
    }
}
