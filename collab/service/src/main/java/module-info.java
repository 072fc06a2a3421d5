/** The server of collaborative inference over HTTP. */
module glimpse.service {
    requires transitive glimpse.collab;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.linecorp.armeria;
    requires com.linecorp.armeria.grpc;
    requires glimpse.service.proto;
    requires io.netty.common;
    requires io.netty.handler;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires static org.jspecify;

    exports glimpse.service;
    exports glimpse.service.grpc;
    exports glimpse.service.http;
    exports glimpse.service.metrics;
    exports glimpse.service.model;
    exports glimpse.service.oip;
    exports glimpse.service.oip.json;
    exports glimpse.service.queue;
    exports glimpse.service.rest;
}
