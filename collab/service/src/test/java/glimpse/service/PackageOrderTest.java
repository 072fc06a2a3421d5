package glimpse.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;

/** A later package may use an earlier one, never the reverse; and the queue and the models know nothing of HTTP. */
@AnalyzeClasses(packages = "glimpse.service", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
    private static final List<String> ORDER = List.of("queue", "model", "metrics", "connection", "trace", "http");

    @ArchTest
    static final ArchRule laterPackagesMayUseEarlierOnesAlone = order();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("glimpse.service.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule queueAndModelsKnowNothingOfHttp = noClasses()
            .that()
            .resideInAnyPackage("glimpse.service.queue..", "glimpse.service.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.linecorp..", "io.netty..", "io.micrometer..");

    private static LayeredArchitecture order() {
        LayeredArchitecture rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("server")
                .definedBy("glimpse.service")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer();
        for (String name : ORDER) {
            rule = rule.layer(name).definedBy("glimpse.service." + name + "..");
        }
        for (int i = 0; i < ORDER.size(); i++) {
            List<String> later = new ArrayList<>(ORDER.subList(i + 1, ORDER.size()));
            later.add("server");
            rule = rule.whereLayer(ORDER.get(i)).mayOnlyBeAccessedByLayers(later.toArray(String[]::new));
        }
        return rule;
    }
}
