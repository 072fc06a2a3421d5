/** The server's gRPC services: messages and stubs, generated from the definitions. */
module glimpse.service.proto {
    requires transitive com.google.common;
    requires transitive com.google.protobuf;
    requires transitive io.grpc;
    requires transitive io.grpc.protobuf;
    requires transitive io.grpc.stub;

    exports glimpse.service.proto.inference;
    exports glimpse.service.proto.patches;
}
