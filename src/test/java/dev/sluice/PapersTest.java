package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.recipe.Recipe;
import dev.sluice.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of the table in docs/papers.md is true: what it names is there. */
class PapersTest {
  private static final Path PAPERS = Path.of("docs", "papers.md");
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Path PAGE = Path.of("src", "main", "resources", "web", "explain.js");
  private static final Path RULES = Path.of("prometheus", "rules");

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final Pattern PANEL = Pattern.compile("^ {2}(\\w+): \\{$", Pattern.MULTILINE);
  private static final Pattern ALERT = Pattern.compile("^ *- alert: (\\w+)$", Pattern.MULTILINE);
  private static final Pattern ARXIV = Pattern.compile("arXiv (\\d{4}\\.\\d{5})");

  /** A row's cells: paper, recipe, classes, tests, panels, alerts. */
  private record Row(
      String paper,
      List<String> recipe,
      List<String> classes,
      List<String> tests,
      List<String> panels,
      List<String> alerts) {}

  @Test
  void eachRecipe_hasOneRow() throws IOException {
    assertThat(rows())
        .allSatisfy(row -> assertThat(row.recipe()).hasSize(1))
        .flatExtracting(Row::recipe)
        .containsExactlyInAnyOrderElementsOf(Recipes.all().stream().map(Recipe::name).toList());
  }

  @Test
  void eachRow_citesThePaperThatItsRecipeCites() throws IOException {
    for (Row row : rows()) {
      Recipe<?> recipe =
          Recipes.all().stream()
              .filter(each -> row.recipe().contains(each.name()))
              .findFirst()
              .orElseThrow();
      assertThat(found(ARXIV, row.paper()))
          .as(recipe.name())
          .isEqualTo(found(ARXIV, recipe.paper()));
    }
  }

  @Test
  void everyClassAndTest_exists() throws IOException {
    Set<String> main = classes(MAIN);
    Set<String> tests = classes(TESTS);
    Set<String> missing = new TreeSet<>();
    for (Row row : rows()) {
      assertThat(row.classes()).as(row.paper()).isNotEmpty();
      assertThat(row.tests()).as(row.paper()).isNotEmpty();
      row.classes().stream().filter(each -> !main.contains(each)).forEach(missing::add);
      row.tests().stream().filter(each -> !tests.contains(each)).forEach(missing::add);
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void everyPanel_isOneThatTheLivePageExplains() throws IOException {
    Set<String> panels = found(PANEL, Files.readString(PAGE));
    for (Row row : rows()) {
      assertThat(row.panels()).as(row.paper()).isNotEmpty().isSubsetOf(panels);
    }
  }

  @Test
  void everyAlert_hasARule() throws IOException {
    Set<String> alerts = new TreeSet<>();
    for (Path file : files(RULES, ".yml")) {
      alerts.addAll(found(ALERT, Files.readString(file)));
    }
    for (Row row : rows()) {
      assertThat(row.alerts()).as(row.paper()).isNotEmpty().isSubsetOf(alerts);
    }
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    boolean inTable = false;
    for (String line : Files.readAllLines(PAPERS)) {
      if (line.startsWith("| paper | recipe |")) {
        inTable = true;
      } else if (!line.startsWith("|")) {
        inTable = false;
      } else if (inTable && !line.startsWith("|---")) {
        String[] cells = line.split("\\|", -1);
        assertThat(cells).as(line).hasSize(8);
        rows.add(
            new Row(
                cells[1],
                names(cells[2]),
                names(cells[3]),
                names(cells[4]),
                names(cells[5]),
                names(cells[6])));
      }
    }
    return rows;
  }

  private static List<String> names(String cell) {
    return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> classes(Path folder) throws IOException {
    return files(folder, ".java").stream()
        .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
