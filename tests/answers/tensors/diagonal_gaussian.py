# %% wrong="not_independent" fails="shapes density" says="12 distributions over numbers, not 4 over vectors"
# A Normal with parameters (B, A) is thought to be B distributions over vectors.
def diagonal_gaussian(mean, log_std):
    return Normal(mean, log_std.exp())

# %% wrong="whole_batch_one_event" fails="shapes density" says="all rows were made one event"
# Independent is told to take both axes.
def diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean, log_std.exp()), 2)

# %% wrong="no_exponential" fails="shapes density" says="its exponential is missing"
# log_std is used as the std itself.
def diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean, log_std), 1)

# %% wrong="std_as_covariance" fails="density" says="was used as a variance"
# The stds are put on the diagonal of the covariance, where the variances belong.
def diagonal_gaussian(mean, log_std):
    return MultivariateNormal(mean, torch.diag(log_std.exp()))

# %% wrong="std_squared" fails="density" says="the std is the square of what it should be"
# Normal is thought to take the variance.
def diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean, (2 * log_std).exp()), 1)

# %% wrong="softplus" fails="density" says="the softplus of log_std was used"
# softplus makes the number positive, where its exponential was asked for.
def diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean, nn.functional.softplus(log_std)), 1)

# %% wrong="log_std_detached" fails="density" says="no gradient reaches log_std"
# The std is detached, as if it were fixed.
def diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean, log_std.detach().exp()), 1)

# %% wrong="mean_detached" fails="density" says="no gradient reaches mean"
# The mean is detached, as if only the std were trained.
def diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean.detach(), log_std.exp()), 1)

# %% wrong="a_sample" fails="shapes density" says="returned Tensor, but should return a Distribution"
# A sample is returned instead of the distribution.
def diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean, log_std.exp()), 1).sample()

# %% wrong="positive_log_std_only" fails="density"
# A std must be positive, and so log_std is made positive too.
def diagonal_gaussian(mean, log_std):
    return Independent(Normal(mean, log_std.abs().exp()), 1)

# %% right="scale_tril"
def diagonal_gaussian(mean, log_std):
    return MultivariateNormal(mean, scale_tril=torch.diag_embed(log_std.exp().expand_as(mean)))

# %% right="covariance"
def diagonal_gaussian(mean, log_std):
    return MultivariateNormal(mean, torch.diag(torch.exp(2 * log_std)))

# %% right="long_names"
def diagonal_gaussian(mean, log_std):
    return torch.distributions.Independent(
        torch.distributions.Normal(loc=mean, scale=torch.exp(log_std)), reinterpreted_batch_ndims=1
    )
