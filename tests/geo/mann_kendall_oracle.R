# Writes mann_kendall_figures.hpp: Kendall's test of base R (cor.test, which needs no further package) for series with
# and without ties.
#   Rscript mann_kendall_oracle.R > mann_kendall_figures.hpp && clang-format-14 -i mann_kendall_figures.hpp
number <- function(x, digits = 17) formatC(x, digits = digits, format = "g", width = 1)

set.seed(4)
months <- 24
series <- list(
    "strictly rising" = seq_len(9),
    "no ties" = c(5.4, 3.2, 8.1, 7.7, 2.9, 9.3, 10.2, 6.6, 11.8, 4.1),
    "counts with many ties" = rpois(months, 1.5),
    "counts that fall" = rpois(months, seq(9, 1, length.out = months)),
    "counts that rise" = rpois(months, seq(0.2, 4, length.out = months)),
    "mostly empty" = c(0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0),
    "s of one" = c(1, 3, 2, 2, 1, 3, 2, 2.5),
    "neither" = c(1, 3, 2, 2, 3, 1, 2, 2),
    "long" = round(sin(seq_len(60) / 9) * 5 + seq_len(60) / 30, 1))

cat("// Made by mann_kendall_oracle.R with R ", as.character(getRversion()), ".\n#pragma once\n\n",
    "#include <vector>\n\nnamespace hotspots::tests::figures {\n\nstruct TrendFigures {\n    const char* name;\n",
    "    std::vector<double> values;\n    double tau;\n    double z;\n    double p;\n};\n\n",
    "inline const std::vector<TrendFigures> trends{\n", sep = "")
for (name in names(series)) {
    values <- series[[name]]
    test <- suppressWarnings(cor.test(seq_along(values), values, method = "kendall", exact = FALSE, continuity = TRUE))
    cat("    {\"", name, "\", {", paste(number(values, 8), collapse = ", "), "}, ", number(test$estimate[[1]]), ", ",
        number(test$statistic[[1]]), ", ", number(test$p.value), "},\n", sep = "")
}
cat("};\n\n} // namespace hotspots::tests::figures\n")
