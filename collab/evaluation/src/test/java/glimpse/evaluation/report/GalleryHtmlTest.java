package glimpse.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.gallery.GalleryItem;
import glimpse.evaluation.gallery.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class GalleryHtmlTest {
    private static final String PNG = "data:image/png;base64,AAAA";
    private static final String JPEG = "data:image/jpeg;base64,AAAA";

    @Test
    void imagesOfOneOutcomeShareAHeading() {
        String html = GalleryHtml.of(List.of(
                item(Outcome.CORRECTED, PNG), item(Outcome.CORRECTED, PNG), item(Outcome.CONFIDENT_AND_WRONG, PNG)));
        assertThat(html.split("<h3>", -1)).hasSize(1 + 2);
        assertThat(html.split("<figure>", -1)).hasSize(1 + 3);
        assertThat(html.split("<div", -1)).hasSameSizeAs(html.split("</div>", -1));
        assertThat(html)
                .contains(
                        "<h3>The edge was wrong; the server corrected it</h3>",
                        "<h3>The edge was confident but wrong: nothing was sent</h3>");
    }

    @Test
    void anOffloadedImageSaysWhatWasSent() {
        for (Outcome outcome : List.of(Outcome.CORRECTED, Outcome.WORSENED)) {
            assertThat(GalleryHtml.of(List.of(item(outcome, PNG))))
                    .contains(
                            "Edge: cat, min-entropy 1.250 bits. Server: dog. 12 of 49 patches, 1,234 bytes sent.",
                            "12 of 49 patches sent\"");
        }
    }

    @Test
    void aConfidentImageSaysWhatTheServerWouldHavePredicted() {
        for (Outcome outcome : List.of(Outcome.CONFIDENT_AND_RIGHT, Outcome.CONFIDENT_AND_WRONG)) {
            assertThat(GalleryHtml.of(List.of(item(outcome, PNG))))
                    .contains(
                            "Nothing sent; from 12 of 49 patches the server would have predicted: dog.",
                            "12 of 49 patches that would be sent\"");
        }
    }

    @Test
    void theFileNameStandsWithoutItsFolders() {
        assertThat(GalleryHtml.of(List.of(item(Outcome.CORRECTED, PNG)))).contains("<b>fox (a.jpg)</b>");
    }

    @Test
    void photographsGetWiderFigures() {
        assertThat(GalleryHtml.of(List.of(item(Outcome.CORRECTED, JPEG)))).contains("class=\"gallery photos\"");
        assertThat(GalleryHtml.of(List.of(item(Outcome.CORRECTED, PNG)))).contains("class=\"gallery\"");
    }

    @Test
    void withoutImagesThereIsNoSection() {
        assertThat(GalleryHtml.of(List.of())).isEmpty();
    }

    private static GalleryItem item(Outcome outcome, String picture) {
        return new GalleryItem(
                outcome, "some/folder/a.jpg", "fox", "cat", 1.25, "dog", 12, 49, 1234, picture, picture, picture);
    }
}
