package glimpse.evaluation.report;

import glimpse.evaluation.gallery.GalleryItem;
import java.util.List;
import java.util.Locale;

/** The gallery as a part of a page. */
final class GalleryHtml {
    private GalleryHtml() {}

    /** Nothing for no items. */
    static String of(List<GalleryItem> items) {
        if (items.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<h2>Images</h2>\n<p>Each as it is, with the edge's attention over it"
                + " (yellow is most), and with the patches that cross; dark ones never leave the device.</p>\n");
        String kind = "";
        for (GalleryItem item : items) {
            if (!item.kind().equals(kind)) {
                html.append(kind.isEmpty() ? "" : "</div>\n")
                        .append("<h3>")
                        .append(Html.escaped(item.kind()))
                        .append("</h3>\n<div class=\"gallery")
                        .append(item.whole().startsWith("data:image/jpeg") ? " photos" : "")
                        .append("\">\n");
                kind = item.kind();
            }
            html.append(figure(item));
        }
        return html.append("</div>\n").toString();
    }

    private static String figure(GalleryItem item) {
        String file = item.image().substring(item.image().lastIndexOf('/') + 1);
        String name = item.label() + " (" + file + ")";
        String kept = item.kept() + " of " + item.patches() + " patches";
        String sent = item.sent()
                ? "Server: " + item.server() + ". " + kept + ", " + String.format(Locale.ROOT, "%,d", item.upBytes())
                        + " bytes sent."
                : "Nothing sent; of " + kept + " the server would say: " + item.server() + ".";
        return "<figure>\n<div>" + image(item.whole(), name) + image(item.attention(), name + ", where the edge looks")
                + image(item.keptPatches(), name + ", " + kept + (item.sent() ? " sent" : " that would be sent"))
                + "</div>\n<figcaption><b>" + Html.escaped(name) + "</b><br/>"
                + Html.escaped(String.format(
                        Locale.ROOT, "Edge: %s, min-entropy %.3f bits. ", item.edge(), item.minEntropyBits()))
                + Html.escaped(sent) + "</figcaption>\n</figure>\n";
    }

    private static String image(String uri, String text) {
        return "<img alt=\"" + Html.escaped(text) + "\" src=\"" + Html.escaped(uri) + "\"/>";
    }
}
