/** Attention-aware collaborative inference: edge, server, what crosses between them, and its evaluation. */
module glimpse.collab {
    requires transitive glimpse.engine;
    requires glimpse.convert;
    requires com.fasterxml.jackson.databind;
    requires com.twelvemonkeys.imageio.webp;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires java.desktop;
    requires static org.jspecify;

    exports glimpse.collab.channel;
    exports glimpse.collab.codec;
    exports glimpse.collab.data;
    exports glimpse.collab.evaluate;
    exports glimpse.collab.gate;
    exports glimpse.collab.link;
    exports glimpse.collab.node;
    exports glimpse.collab.overlay;
    exports glimpse.collab.report;
    exports glimpse.collab.select;

    opens glimpse.collab.cli to
            info.picocli;
}
