package glimpse.evaluation.front;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.plan.Upload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mean/sum:0.7/raw                       | ATTENTION      | patches by attention to stock",
                "rollout/top:40/glimpse:50              | ATTENTION      | patches by attention to stock",
                "mean/threshold:0.01/raw                | ATTENTION      | patches by attention to stock",
                "mean/top:20+diverse:0.6/glimpse:50     | COMPLEMENTING  | complementing patches to stock",
                "mean/rounds:top:10,top:30+diverse:0.6/raw | ROUNDS      | patches in rounds to stock",
                "mean/grid:20/raw                       | UNGUIDED       | patches at random or in a grid to stock",
                "mean/random-matched:sum:0.7/raw        | UNGUIDED       | patches at random or in a grid to stock",
                "file/png                               | PNG            | whole PNG to stock",
                "file/jpeg:50                           | JPEG           | whole JPEG to stock",
                "file/jpeg:50@112                       | SCALED_JPEG    | scaled-down JPEG to stock",
                "file/scans:50                          | SCANS          | JPEG scan by scan to stock",
                "file/encoded:WebP:40                   | ENCODED        | WebP to stock",
                "file/encoded:scaled-down-WebP:40@112   | ENCODED        | scaled-down-WebP to stock"
            })
    void theUploadTellsTheMethod(String upload, Family family, String name) {
        Method method = Method.of(Upload.parse(upload), "stock", true);
        assertThat(method.family()).isEqualTo(family);
        assertThat(method.name()).isEqualTo(name);
        assertThat(family.isWhole()).isEqualTo(upload.startsWith("file"));
    }
}
