package glimpse.collab;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;

/** Dependencies between packages go one way: a later package may use an earlier one, never the reverse. */
@AnalyzeClasses(packages = "glimpse.collab", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
    private static final List<String> ORDER = List.of("spec", "select", "gate", "audit", "codec", "channel", "node");

    @ArchTest
    static final ArchRule laterPackagesMayUseEarlierOnesAlone = order();

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("glimpse.collab.(*)..").should().beFreeOfCycles();

    private static LayeredArchitecture order() {
        LayeredArchitecture rule =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (String name : ORDER) {
            rule = rule.layer(name).definedBy("glimpse.collab." + name + "..");
        }
        for (int i = 0; i < ORDER.size(); i++) {
            List<String> later = ORDER.subList(i + 1, ORDER.size());
            rule = later.isEmpty()
                    ? rule.whereLayer(ORDER.get(i)).mayNotBeAccessedByAnyLayer()
                    : rule.whereLayer(ORDER.get(i)).mayOnlyBeAccessedByLayers(later.toArray(String[]::new));
        }
        return rule;
    }
}
