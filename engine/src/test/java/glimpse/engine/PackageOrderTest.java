package glimpse.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The order of the engine's packages: none depends on a later one. */
class PackageOrderTest {
    private static final JavaClasses ENGINE = new ClassFileImporter().importPath(Path.of("target/classes"));

    @Test
    void packagesFollowTheirOrder() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("parallel")
                .definedBy("glimpse.engine.parallel")
                .layer("packed")
                .definedBy("glimpse.engine.packed")
                .layer("kernel")
                .definedBy("glimpse.engine.kernel")
                .layer("gemm")
                .definedBy("glimpse.engine.gemm")
                .layer("layer")
                .definedBy("glimpse.engine.layer")
                .layer("weights")
                .definedBy("glimpse.engine.weights")
                .layer("binding")
                .definedBy("glimpse.engine.binding")
                .layer("engine")
                .definedBy("glimpse.engine")
                .layer("image")
                .definedBy("glimpse.engine.image")
                .whereLayer("image")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("image")
                .whereLayer("binding")
                .mayOnlyBeAccessedByLayers("engine")
                .whereLayer("weights")
                .mayOnlyBeAccessedByLayers("binding", "engine", "image")
                .whereLayer("layer")
                .mayOnlyBeAccessedByLayers("engine")
                .whereLayer("gemm")
                .mayOnlyBeAccessedByLayers("layer")
                .whereLayer("kernel")
                .mayOnlyBeAccessedByLayers("gemm", "layer", "engine")
                .whereLayer("packed")
                .mayOnlyBeAccessedByLayers("gemm", "layer", "binding", "engine")
                .whereLayer("parallel")
                .mayOnlyBeAccessedByLayers("gemm", "layer", "engine")
                .check(ENGINE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("glimpse.engine.(*)..").should().beFreeOfCycles().check(ENGINE);
    }

    @Test
    void onlyTheKernelsKnowTheVectorApi() {
        noClasses()
                .that()
                .resideOutsideOfPackage("glimpse.engine.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(ENGINE);
    }

    /** The JDK's JPEG reader can freeze the virtual machine where it warns of damage. */
    @Test
    void jpegsAreDecodedWithoutTheJdksReaders() {
        noClasses()
                .that()
                .resideInAPackage("glimpse.engine.image.jpeg")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.imageio..", "java.awt..")
                .check(ENGINE);
    }

    @Test
    void nothingButTheJdkIsUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "glimpse.engine..",
                        "java..",
                        "javax.imageio..",
                        "jdk.incubator.vector..",
                        "com.sun.management..")
                .check(ENGINE);
    }
}
