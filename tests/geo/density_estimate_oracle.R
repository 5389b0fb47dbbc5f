# Writes density_estimate_figures.hpp: figures of R's spatstat (density.ppp, bw.ppl, bw.scott) and of sums over all
# pairs and numerical integrals in R itself, for the tests in this folder. Needs r-base-core and r-cran-spatstat; the
# tests do not.
#   Rscript density_estimate_oracle.R > density_estimate_figures.hpp && clang-format-14 -i density_estimate_figures.hpp
suppressMessages(suppressWarnings(library(spatstat)))

constant <- function(name, values, digits = 17) {
    text <- formatC(values, digits = digits, format = "g", width = 1)
    cat("inline const std::vector<double> ", name, "{", paste(text, collapse = ", "), "};\n", sep = "")
}
say <- function(...) cat("// ", ..., "\n", sep = "")

cat("// Made by density_estimate_oracle.R with R ", as.character(getRversion()), ", spatstat.explore ",
    as.character(packageVersion("spatstat.explore")), ".\n#pragma once\n\n#include <vector>\n\n",
    "namespace hotspots::tests::figures {\n\n", sep = "")

h <- 300
east <- 458000
north <- 304000
window_x <- c(0, 700, 900, 1800, 2100, 1500, 1620, 900, 650, 100)
window_y <- c(0, 150, -200, 0, 900, 1100, 1700, 1350, 1900, 1400)
W <- owin(poly = list(x = window_x, y = window_y))
set.seed(4)
X <- runifpoint(60, W)
cluster <- ppp(rnorm(60, 1500, 180), rnorm(60, 400, 180), window = owin(c(-5000, 5000), c(-5000, 5000)))
inside <- inside.owin(cluster$x, cluster$y, W)
x <- round(c(X$x, cluster$x[inside]), 1)
y <- round(c(X$y, cluster$y[inside]), 1)
keep <- inside.owin(x, y, W)
x <- x[keep]
y <- y[keep]
P <- ppp(x, y, window = W)
stopifnot(P$n >= 100, !any(duplicated(P)))

say("An irregular window, anticlockwise and not closed, and ", P$n, " points in it.")
constant("window_easting", window_x + east)
constant("window_northing", window_y + north)
constant("points_easting", x + east)
constant("points_northing", y + north)

say("density.ppp(kernel = \"quartic\", sigma = h / sqrt(8), at = \"points\", leaveoneout = FALSE), h = 300, per km2:")
say("without correction, which spatstat sums up exactly; and with both, where it takes the kernel's mass inside the")
say("window from 2048 x 2048 pixels (the figures move by up to 0.3 % from 512 to 2048).")
of_spatstat <- function(...) 1e6 * density(P, sigma = h / sqrt(8), kernel = "quartic", at = "points",
                                           leaveoneout = FALSE, ...)
constant("plain_per_km2", of_spatstat(edge = FALSE))
constant("uniform_per_km2", of_spatstat(edge = TRUE, dimyx = 2048), 9)
constant("diggle_per_km2", of_spatstat(edge = TRUE, diggle = TRUE, dimyx = 2048), 9)

# The five kernels as functions of d2 = d * d, per square metre.
kernels <- list(
    quartic = function(d2, h) ifelse(d2 < h^2, 3 / (pi * h^2) * (1 - d2 / h^2)^2, 0),
    epanechnikov = function(d2, h) ifelse(d2 < h^2, 2 / (pi * h^2) * (1 - d2 / h^2), 0),
    triangular = function(d2, h) ifelse(d2 < h^2, 3 / (pi * h^2) * (1 - sqrt(pmin(d2, h^2)) / h), 0),
    uniform = function(d2, h) ifelse(d2 < h^2, 1 / (pi * h^2), 0),
    gaussian = function(d2, h) ifelse(d2 < 16 * h^2, exp(-d2 / (2 * h^2)) / (2 * pi * h^2 * (1 - exp(-8))), 0))

# Where the window's edges cross the horizontal line at height t, from west to east.
crossings <- function(t) {
    next_x <- c(window_x[-1], window_x[1])
    next_y <- c(window_y[-1], window_y[1])
    hit <- (window_y <= t & t < next_y) | (next_y <= t & t < window_y)
    sort(window_x[hit] + (t - window_y[hit]) / (next_y - window_y)[hit] * (next_x - window_x)[hit])
}
# The kernel's mass inside the window: integrals over the window's width at each height, then over the heights.
mass <- function(px, py, kernel, h, reach) {
    at_height <- function(t) sapply(t, function(t) {
        sides <- crossings(t)
        half <- sqrt(max(0, reach^2 - (t - py)^2))
        total <- 0
        for (i in seq(1, length.out = length(sides) / 2, by = 2)) {
            low <- max(sides[i], px - half)
            high <- min(sides[i + 1], px + half)
            cuts <- sort(unique(c(low, high, if (low < px && px < high) px)))
            if (low < high) for (j in seq_len(length(cuts) - 1))
                total <- total + integrate(function(s) kernel((s - px)^2 + (t - py)^2, h), cuts[j], cuts[j + 1],
                                           rel.tol = 1e-11, subdivisions = 1000)$value
        }
        total
    })
    # Pieces end where the window or the disc has a corner.
    circle <- unlist(lapply(seq_along(window_x), function(i) {
        j <- i %% length(window_x) + 1
        dx <- window_x[j] - window_x[i]; dy <- window_y[j] - window_y[i]
        fx <- window_x[i] - px; fy <- window_y[i] - py
        a <- dx^2 + dy^2; b <- 2 * (fx * dx + fy * dy); c <- fx^2 + fy^2 - reach^2
        root <- b^2 - 4 * a * c
        if (root <= 0) return(NULL)
        t <- c(-b - sqrt(root), -b + sqrt(root)) / (2 * a)
        window_y[i] + t[t > 0 & t < 1] * dy
    }))
    heights <- sort(unique(c(py - reach, py, py + reach, window_y, circle)))
    heights <- heights[heights >= max(py - reach, min(window_y)) & heights <= min(py + reach, max(window_y))]
    total <- 0
    for (i in seq_len(length(heights) - 1))
        total <- total + integrate(at_height, heights[i], heights[i + 1], rel.tol = 1e-9, subdivisions = 2000,
                                   stop.on.error = FALSE)$value
    total
}
mass_x <- c(700, 120, 1000, 1510, 2000, 60, -50, 1700, 650, 1000, 880, 2200)
mass_y <- c(700, 60, 1300, 1150, 850, 700, 500, 1680, 1880, -100, 40, 1000)
say("Places, and the mass of the kernel (h = 300; Gaussian h = 120) inside the window there, by numerical integration:")
say("an integral over each line from west to east within one over the lines.")
constant("mass_easting", mass_x + east)
constant("mass_northing", mass_y + north)
for (name in names(kernels)) {
    width <- if (name == "gaussian") 120 else 300
    reach <- if (name == "gaussian") 480 else 300
    constant(paste0("mass_", name), mapply(mass, mass_x, mass_y,
                                           MoreArgs = list(kernel = kernels[[name]], h = width, reach = reach)), 13)
}

say("Sum over all points of the log of the density of the others per square metre, quartic, by h: the curve of")
say("bw.ppl(kernel = \"quartic\", edge = FALSE, shortcut = TRUE) at sigma = h / sqrt(8).")
hs <- c(400, 450, 500, 600, 700, 900)
curve <- bw.ppl(P, sigma = hs / sqrt(8), kernel = "quartic", edge = FALSE, shortcut = TRUE, warn = FALSE)
stopifnot(all(is.finite(attr(curve, "cv"))))
constant("likelihood_h", hs)
constant("likelihood_sum", as.numeric(attr(curve, "cv")))

say("The same with the first 10 points twice, the next 5 four times, over all pairs in R: none of its own place, each")
say("of the N points counting, as the mean log of a probability density per km2, with a share 1/N spread evenly over")
say("4 km2. Every kernel at h = 300 (Gaussian 120).")
counts <- rep(1, length(x))
counts[1:10] <- 2
counts[11:15] <- 4
d2 <- outer(x, x, "-")^2 + outer(y, y, "-")^2
constant("snapped_count", counts)
constant("snapped_likelihood", sapply(names(kernels), function(name) {
    k <- kernels[[name]](d2, if (name == "gaussian") 120 else 300) * 1e6
    diag(k) <- 0
    n <- sum(counts)
    sum(counts * log((1 - 1 / n) * as.numeric(k %*% counts) / (n - counts) + 1 / n / 4)) / n
}))

say("bw.scott(P): sigma.x, sigma.y; and isotropic.")
constant("scott_sigma", c(bw.scott(P), bw.scott(P, isotropic = TRUE)))
say("min(sd, IQR / 1.34) n^(-1/6) of each axis, and the root of the mean of their squares.")
axis <- sapply(list(x, y), function(v) min(sd(v), IQR(v) / 1.34)) * P$n^(-1 / 6)
constant("silverman_sigma", c(axis, sqrt(mean(axis^2))))

say("Abramson's bandwidths at the points, quartic, h = 300, pilot not corrected, within 100...900 m; and the density")
say("per km2 of those kernels at some places, over all pairs in R. Then with the pilot divided by its kernel's mass")
say("inside the window, and each point by that of its own kernel.")
abramson <- function(pilot) h * pmin(pmax(sqrt(exp(mean(log(pilot))) / pilot), 1 / 3), 3)
place_x <- c(1500, 1400, 300, 800, 1610, 2050)
place_y <- c(400, 500, 300, 1300, 1500, 800)
adaptive <- function(widths, weights) sapply(seq_along(place_x), function(i)
    1e6 * sum(weights * kernels$quartic((x - place_x[i])^2 + (y - place_y[i])^2, widths)))
pilot <- rowSums(kernels$quartic(d2, h))
widths <- abramson(pilot)
constant("abramson_h", widths)
constant("adaptive_easting", place_x + east)
constant("adaptive_northing", place_y + north)
constant("adaptive_per_km2", adaptive(widths, 1))
masses <- mapply(mass, x, y, MoreArgs = list(kernel = kernels$quartic, h = h, reach = h))
corrected <- abramson(pilot / masses)
own <- mapply(function(px, py, w) mass(px, py, kernels$quartic, w, w), x, y, corrected)
constant("adaptive_diggle_per_km2", adaptive(corrected, 1 / own), 13)

say("Odd points as cases, even ones as controls, quartic, h = 300: log ratio of the probability densities and its z")
say("under one common distribution, over all pairs in R.")
case <- seq_along(x) %% 2 == 1
at_place <- function(px, py, chosen) sum(kernels$quartic((x[chosen] - px)^2 + (y[chosen] - py)^2, h))
risk_x <- rep(seq(300, 1800, by = 300), 5)
risk_y <- rep(seq(300, 1500, by = 300), each = 6)
f <- mapply(at_place, risk_x, risk_y, MoreArgs = list(which(case))) / sum(case)
g <- mapply(at_place, risk_x, risk_y, MoreArgs = list(which(!case))) / sum(!case)
both <- f > 0 & g > 0
f <- f[both]
g <- g[both]
constant("risk_easting", risk_x[both] + east)
constant("risk_northing", risk_y[both] + north)
pooled <- (f * sum(case) + g * sum(!case)) / length(x)
square <- integrate(function(r) 2 * pi * r * kernels$quartic(r^2, h)^2, 0, h, rel.tol = 1e-12)$value
ratio <- log(f / g)
z <- ratio / sqrt(square * (1 / sum(case) + 1 / sum(!case)) / pooled)
constant("log_ratio", ratio)
constant("log_ratio_z", z)
constant("log_ratio_p", pnorm(z, lower.tail = FALSE))

say("The integral of each kernel's square, per km2 (h = 300; Gaussian 120), and its standard deviation along an axis.")
say("The Gaussian's deviation is that of the whole one.")
polar <- function(name, power) {
    width <- if (name == "gaussian") 120 else 300
    reach <- if (name == "gaussian") 480 else 300
    integrate(function(r) 2 * pi * r * power(r, kernels[[name]](r^2, width)), 0, reach, rel.tol = 1e-11)$value
}
constant("roughness_per_km2", 1e6 * sapply(names(kernels), polar, function(r, k) k^2))
constant("deviation_m", c(sapply(names(kernels)[-5], function(name) sqrt(polar(name, function(r, k) r^2 * k) / 2)), 120))

cat("\n} // namespace hotspots::tests::figures\n")
