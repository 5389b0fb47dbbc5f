# The expected figures of association_test.cpp: Rscript association_oracle.R
# V from R's chisq.test without Yates's correction. The corrected V from Bergsma's definition by way
# of unbiased estimation, worked here on the phi coefficient that R gives; R has no function for it.
tables <- list(
  scipy = rbind(c(100, 203, 420, 320), c(150, 322, 700, 210)),
  mtcars = t(table(mtcars$vs, mtcars$am)),
  independent = rbind(c(30, 60, 90), c(10, 20, 30)),
  complete = rbind(c(40, 0, 25), c(0, 35, 0)),
  sparse = rbind(c(3, 1, 4, 1, 5, 9, 2, 6), c(2, 7, 1, 8, 2, 8, 1, 8)),
  large = rbind(c(20101, 8012, 4444), c(1601, 1207, 388))
)
for (name in names(tables)) {
  x <- tables[[name]]
  n <- sum(x)
  r <- nrow(x)
  c <- ncol(x)
  chi <- unname(suppressWarnings(chisq.test(x, correct = FALSE))$statistic)
  v <- sqrt(chi / (n * (min(r, c) - 1)))
  phi2 <- max(0, chi / n - (r - 1) * (c - 1) / (n - 1))
  corrected <- sqrt(phi2 / min(r - 1 - (r - 1)^2 / (n - 1), c - 1 - (c - 1)^2 / (n - 1)))
  cat(sprintf("%-12s n %d, %d x %d, V %.12f, corrected %.12f\n", name, n, r, c, v, corrected))
}
