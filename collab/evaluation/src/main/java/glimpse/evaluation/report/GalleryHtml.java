package glimpse.evaluation.report;

import glimpse.evaluation.gallery.GalleryItem;
import glimpse.evaluation.gallery.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The gallery as a section of the page. */
final class GalleryHtml {
    private GalleryHtml() {}

    /** Returns the section; an empty string if there are no items. */
    static String of(List<GalleryItem> items) {
        if (items.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>Images</h2>\n<p>Each image on its own, under the edge's"
                + " attention (yellow is highest), and with the selected patches; the dark ones never leave the device."
                + "</p>\n");
        Optional<Outcome> last = Optional.empty();
        for (GalleryItem item : items) {
            if (last.filter(item.outcome()::equals).isEmpty()) {
                html.append(last.isEmpty() ? "" : "</div>\n")
                        .append("<h3>")
                        .append(title(item.outcome()))
                        .append("</h3>\n<div class=\"gallery")
                        .append(item.wholePicture().startsWith("data:image/jpeg") ? " photos" : "")
                        .append("\">\n");
                last = Optional.of(item.outcome());
            }
            html.append(figure(item));
        }
        return html.append("</div>\n").toString();
    }

    private static String title(Outcome outcome) {
        return switch (outcome) {
            case CORRECTED -> "The edge was wrong; the server corrected it";
            case WORSENED -> "The edge was right; the server got it wrong";
            case CONFIDENT_AND_RIGHT -> "The edge was confident and right: nothing was sent";
            case CONFIDENT_AND_WRONG -> "The edge was confident but wrong: nothing was sent";
        };
    }

    private static String figure(GalleryItem item) {
        String file = item.image().substring(item.image().lastIndexOf('/') + 1);
        String name = item.label() + " (" + file + ")";
        String kept = item.kept() + " of " + item.patches() + " patches";
        boolean offloaded = item.outcome().isOffloaded();
        String sent = offloaded
                ? "Server: " + item.serverClass() + ". " + kept + ", "
                        + String.format(Locale.ROOT, "%,d", item.upBytes()) + " bytes sent."
                : "Nothing sent; from " + kept + " the server would have predicted: " + item.serverClass() + ".";
        return "<figure>\n<div>" + image(item.wholePicture(), name)
                + image(item.attentionPicture(), name + ", attention of the edge")
                + image(item.keptPicture(), name + ", " + kept + (offloaded ? " sent" : " that would be sent"))
                + "</div>\n<figcaption><b>" + Html.escaped(name) + "</b><br/>"
                + Html.escaped(String.format(
                        Locale.ROOT, "Edge: %s, min-entropy %.3f bits. ", item.edgeClass(), item.minEntropyBits()))
                + Html.escaped(sent) + "</figcaption>\n</figure>\n";
    }

    private static String image(String uri, String text) {
        return "<img alt=\"" + Html.escaped(text) + "\" src=\"" + Html.escaped(uri) + "\"/>";
    }
}
