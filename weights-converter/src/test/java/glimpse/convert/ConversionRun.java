package glimpse.convert;

import glimpse.convert.error.ConvertException;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.SafetensorsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What a conversion returned, or the message with which it rejected its input. */
record ConversionRun(Optional<ConversionReport> outcome, String error) {
    static ConversionRun of(Path source, Path target, ConversionOptions options) {
        try {
            return new ConversionRun(Optional.of(Conversion.run(source, target, options)), "");
        } catch (ConvertException | SafetensorsException | ModelException | NoSuchFileException e) {
            return new ConversionRun(Optional.empty(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConversionReport report() {
        return outcome.orElseThrow(() -> new AssertionError(error));
    }
}
