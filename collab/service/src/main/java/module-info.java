/** The server of collaborative inference over HTTP. */
module glimpse.service {
    requires transitive glimpse.collab;
    requires transitive glimpse.page;
    requires com.fasterxml.jackson.databind;
    requires com.linecorp.armeria;
    requires io.netty.common;
    requires io.netty.handler;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires static org.jspecify;

    exports glimpse.service;
    exports glimpse.service.http;
    exports glimpse.service.metrics;
    exports glimpse.service.model;
    exports glimpse.service.queue;
}
