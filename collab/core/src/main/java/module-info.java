/** Attention-aware collaborative inference: an edge, a server, and the messages between them. */
module glimpse.collab {
    requires transitive glimpse.engine;
    requires java.desktop;
    requires java.net.http;

    exports glimpse.collab.audit;
    exports glimpse.collab.channel;
    exports glimpse.collab.codec;
    exports glimpse.collab.codec.packet;
    exports glimpse.collab.gate;
    exports glimpse.collab.node;
    exports glimpse.collab.select;
    exports glimpse.collab.spec;
}
