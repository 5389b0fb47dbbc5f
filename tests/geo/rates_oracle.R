# The expected figures of rates_test.cpp and concentration_test.cpp: Rscript rates_oracle.R
# Intervals of shares from R's binom.test, ratios of rates from poisson.test; what chance would hold
# from R's multinomial draws.
show <- function(...) cat(sprintf(...), "\n", sep = "")
for (x in list(c(0, 10), c(10, 10), c(0, 1), c(1, 1), c(3, 17), c(5, 8), c(250, 1000), c(1, 100000),
               c(39980, 109569))) {
  i <- binom.test(x[1], x[2])$conf.int
  show("share {%d, %d, %.15g, %.15g},", x[1], x[2], i[1], i[2])
}
for (conf in c(0.5, 0.9, 0.99)) {
  i <- binom.test(7, 20, conf.level = conf)$conf.int
  show("share 7 of 20 at %g: %.15g %.15g", conf, i[1], i[2])
}
for (x in list(c(17, 9, 1, 1), c(9, 17, 1, 1), c(5, 0, 1, 1), c(0, 5, 1, 1), c(30, 28, 731, 730),
               c(12, 20, 31, 28), c(4000, 4100, 365, 366))) {
  t <- poisson.test(c(x[1], x[2]), c(x[3], x[4]))
  ratio <- unname(t$estimate)
  show("rates {%d, %d, %g, %g, %.15g, %.15g, %.15g},", x[1], x[2], x[3], x[4], ratio,
       t$conf.int[1], t$conf.int[2])
}
# Mean over 20,000 draws of the fewest places that hold the share, counted in parts of a place.
holding <- function(events, members, share) {
  counts <- sort(tabulate(sample.int(members, events, replace = TRUE), members), decreasing = TRUE)
  sums <- cumsum(counts)
  last <- which(sums >= share * events)[1]
  last - (sums[last] - share * events) / counts[last]
}
set.seed(4)
for (x in list(c(100, 1000, 0.5), c(1000, 1000, 0.5), c(5000, 500, 0.25), c(2000, 300, 0.8))) {
  show("chance {%d, %d, %g, %.4f},", x[1], x[2], x[3],
       mean(replicate(20000, holding(x[1], x[2], x[3]))))
}
