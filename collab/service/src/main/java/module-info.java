/** The server of collaborative inference over HTTP. */
module glimpse.service {
    requires transitive glimpse.collab;
    requires transitive glimpse.page;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires com.linecorp.armeria;
    requires com.linecorp.armeria.grpc;
    requires glimpse.service.proto;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.trace;
    requires java.logging;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.reactivestreams;
    requires static org.jspecify;

    exports glimpse.service;
    exports glimpse.service.connection;
    exports glimpse.service.grpc;
    exports glimpse.service.http;
    exports glimpse.service.metrics;
    exports glimpse.service.model;
    exports glimpse.service.oip;
    exports glimpse.service.oip.json;
    exports glimpse.service.queue;
    exports glimpse.service.rest;
    exports glimpse.service.trace;
}
