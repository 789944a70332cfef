# %% wrong="sign" fails="losses expert" says="the minus is missing"
# The log-likelihood is minimised, not its negative.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="summed_over_the_batch" fails="losses expert" says="weighted by their number once more"
# A batch's loss is the sum over its samples, and is weighted by their number as well.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="plain_mean_of_batches" fails="losses" says="the last, smaller batch must count by its size"
# Each batch counts the same, the smaller last one too.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses

# %% wrong="shuffled_apart" fails="losses expert" says="they were shuffled apart"
# States and actions get an order each.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        s, a = states[torch.randperm(len(states))], actions[torch.randperm(len(states))]
        for start in range(0, len(states), batch_size):
            batch = slice(start, start + batch_size)
            loss = -policy(s[batch]).log_prob(a[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(s[batch])
        losses.append(total / len(states))
    return losses

# %% wrong="squared_error" fails="losses expert" says="this is a squared error of the mean action"
# The mean action is fitted by least squares, and the std never learns.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = ((policy(states[batch]).mean - actions[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="probability" fails="losses expert" says="this is minus the mean probability"
# The mean probability is made large, not the mean log-probability.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).exp().mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="gradients_never_cleared" fails="losses expert" says="when gradients are never cleared"
# zero_grad() is missing.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="losses_as_tensors" fails="losses" says="the losses should be floats"
# The losses are kept as tensors.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="not_divided" fails="losses expert" says="summed over the samples, not averaged"
# The epoch's total is not divided by N.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total)
    return losses

# %% wrong="sgd" fails="losses expert" says="but Adam's moves it by lr"
# Plain gradient descent takes Adam's place.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.SGD(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="new_optimizer_each_epoch" fails="losses" says="a new optimizer is made in each epoch"
# The optimizer is made inside the loop and forgets its averages.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    losses = []
    for _ in range(epochs):
        optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="last_batch_dropped" fails="losses" says="the last batch of 2 samples is missing"
# Only full batches are used.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        order = torch.randperm(len(states))
        for i in range(len(states) // batch_size):
            batch = order[i * batch_size : (i + 1) * batch_size]
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="no_step" fails="losses expert" says="the policy has not moved after one epoch"
# The gradient is computed, and no step taken.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% wrong="one_loss_per_batch" fails="losses expert" says="but should give one per epoch"
# Each batch's loss is listed.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses

# %% wrong="not_shuffled" fails="losses" says="the samples come in their given order"
# The samples come in their given order.
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.arange(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% right="numpy_order"
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        order = list(np.random.permutation(len(states)))
        while order:
            batch, order = order[:batch_size], order[batch_size:]
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(states))
    return losses

# %% right="data_loader"
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(TensorDataset(states, actions), batch_size=batch_size, shuffle=True)
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    policy.train()
    losses = []
    for _ in range(epochs):
        total = 0
        for s, a in loader:
            optimizer.zero_grad()
            surprise = -policy(s).log_prob(a)
            surprise.mean().backward()
            optimizer.step()
            total += float(surprise.sum())
        losses.append(total / len(states))
    return losses

# %% right="weighted_average"
def behaviour_clone(policy, states, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        batch_losses, sizes = [], []
        for batch in torch.randperm(len(states)).split(batch_size):
            loss = -policy(states[batch]).log_prob(actions[batch]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            batch_losses.append(loss.item())
            sizes.append(batch.numel())
        losses.append(float(np.average(batch_losses, weights=sizes)))
    return losses
