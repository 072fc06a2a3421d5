package glimpse.convert;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The order of the converter's packages: earlier ones don't depend on later ones. */
class PackageOrderTest {
    private static final JavaClasses CONVERTER = new ClassFileImporter().importPath(Path.of("target/classes"));

    @Test
    void packagesFollowTheirOrder() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("error")
                .definedBy("glimpse.convert.error")
                .layer("http")
                .definedBy("glimpse.convert.http")
                .layer("source")
                .definedBy("glimpse.convert.source")
                .layer("torch")
                .definedBy("glimpse.convert.source.torch")
                .layer("checkpoint")
                .definedBy("glimpse.convert.checkpoint")
                .layer("hub")
                .definedBy("glimpse.convert.hub")
                .layer("naming")
                .definedBy("glimpse.convert.naming")
                .layer("output")
                .definedBy("glimpse.convert.output")
                .layer("convert")
                .definedBy("glimpse.convert")
                .whereLayer("convert")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("output")
                .mayOnlyBeAccessedByLayers("convert")
                .whereLayer("naming")
                .mayOnlyBeAccessedByLayers("convert")
                .whereLayer("hub")
                .mayOnlyBeAccessedByLayers("convert")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("hub", "convert")
                .whereLayer("checkpoint")
                .mayOnlyBeAccessedByLayers("hub", "convert")
                .whereLayer("torch")
                .mayOnlyBeAccessedByLayers("checkpoint")
                .check(CONVERTER);
    }
}
