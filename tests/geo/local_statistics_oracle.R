# Writes local_statistics_figures.hpp: figures of R's spdep (localG, globalG.test, dnearneigh, cell2nb), p.adjust
# and pnorm for the tests in this folder. Needs r-base-core and r-cran-spdep; the tests do not.
#   Rscript local_statistics_oracle.R > local_statistics_figures.hpp && clang-format-14 -i local_statistics_figures.hpp
suppressMessages(suppressWarnings(library(spdep)))

constant <- function(name, values, digits = 17) {
    text <- formatC(values, digits = digits, format = "g", width = 1)
    cat("inline const std::vector<double> ", name, "{", paste(text, collapse = ", "), "};\n", sep = "")
}
star <- function(neighbours, values)
    as.numeric(localG(values, nb2listw(include.self(neighbours), style = "B")))
plain <- function(neighbours, values)
    as.numeric(localG(values, nb2listw(neighbours, style = "B")))

cat("// Made by local_statistics_oracle.R with R ", as.character(getRversion()), ", spdep ",
    as.character(packageVersion("spdep")), ".\n#pragma once\n\n#include <vector>\n\n",
    "namespace hotspots::tests::figures {\n\n", sep = "")

# A field of 9 columns and 7 rows, row by row from the south: mostly empty, one cluster, as crime is.
set.seed(20)
columns <- 9
rows <- 7
x <- rep(seq_len(columns), rows)
y <- rep(seq_len(rows), each = columns)
field <- rpois(columns * rows, 0.4 + 6 * exp(-((x - 6)^2 + (y - 3)^2) / 3))
cat("// Counts of 9 columns and 7 rows, row by row from the south-west.\n")
constant("field", field)
queen <- cell2nb(columns, rows, type = "queen") # its numbering runs along one side, then the next
centres <- cbind(x, y)
queen_by_distance <- dnearneigh(centres, 0, 1.5)
stopifnot(identical(sort(card(queen)), sort(card(queen_by_distance))))
cat("// localG over the cells that touch, corners included.\n")
constant("gi_star_queen", star(queen_by_distance, field))
constant("gi_queen", plain(queen_by_distance, field))
cat("// localG over the cells whose centres are at most two and a half sides away.\n")
constant("gi_star_disc", star(dnearneigh(centres, 0, 2.5), field))

cat("// The same counts on hexagons of width 1, odd rows half a cell to the east: localG over the ring of six.\n")
hexagons <- cbind(x + ifelse((y - 1) %% 2 == 1, 0.5, 0), y * sqrt(3) / 2)
constant("gi_star_hexagons", star(dnearneigh(hexagons, 0, 1.01), field))

cat("// Upper tail of the normal distribution at gi_star_queen, and p.adjust(method = \"BH\") of it.\n")
p <- pnorm(star(queen_by_distance, field), lower.tail = FALSE)
constant("upper_p", p)
constant("adjusted_p", p.adjust(p, method = "BH"))

cat("// p.adjust(method = \"BH\") of p-values with ties, zero and one.\n")
tied <- c(0.01, 0.04, 0.01, 1, 0, 0.5, 0.04, 0.2, 0.0005, 0.03, 0.03, 0.9)
constant("tied_p", tied)
constant("tied_adjusted", p.adjust(tied, method = "BH"))

cat("// 25 scattered places, values, and localG within 220 m, globalG.test within 320 m.\n")
east <- round(runif(25, 458000, 459000), 1)
north <- round(runif(25, 304000, 305000), 1)
value <- round(rexp(25, 0.2), 2)
scattered <- dnearneigh(cbind(east, north), 0, 220)
constant("scattered_easting", east)
constant("scattered_northing", north)
constant("scattered_value", value)
constant("scattered_gi_star", star(scattered, value))
gi <- suppressWarnings(as.numeric(localG(value, nb2listw(scattered, style = "B", zero.policy = TRUE), zero.policy = TRUE)))
gi[card(scattered) == 0] <- 0 # undefined without neighbours
constant("scattered_gi", gi)
wide <- dnearneigh(cbind(east, north), 0, 320)
stopifnot(all(card(wide) > 0))
g <- globalG.test(value, nb2listw(wide, style = "B"))
constant("scattered_general_g", g$estimate[[1]])

cat("\n} // namespace hotspots::tests::figures\n")
