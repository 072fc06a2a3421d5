package glimpse.evaluation.io;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    @TempDir
    Path folder;

    @Test
    void whatDoesNotFitIsRefusedWithTheFolderAndBothNumbers() {
        assertThatCode(() -> DiskSpace.require(folder, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DiskSpace.require(folder, 5_000_000_000_000_000L))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "\\Q" + folder + "\\E: [0-9]+ MB are free, expected at least the 5000000000 MB that the"
                                + " rows of all images take");
    }
}
