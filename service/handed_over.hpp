// What many threads hand over to one, without a lock.
#pragma once

#include <atomic>
#include <memory>
#include <utility>
#include <vector>

namespace hotspots::service {

template <class T>
class HandedOver {
public:
    HandedOver() = default;
    ~HandedOver() {
        std::vector<T> left;
        take_all(left);
    }
    HandedOver(const HandedOver&) = delete;
    HandedOver& operator=(const HandedOver&) = delete;

    // From any thread.
    void push(T value) {
        auto* const node =
            std::make_unique<Node>(Node{std::move(value), m_last.load(std::memory_order_relaxed)})
                .release();
        while (!m_last.compare_exchange_weak(node->before, node, std::memory_order_release,
                                             std::memory_order_relaxed)) {
        }
    }

    // Appends what has been handed over since, in the order it came: what one thread did after it
    // knew of another's is after that.
    void take_all(std::vector<T>& taken) {
        Node* first = nullptr;
        for (Node* node = m_last.exchange(nullptr, std::memory_order_acquire); node;) {
            first = std::exchange(node, std::exchange(node->before, first));
        }
        while (first) {
            const std::unique_ptr<Node> node(std::exchange(first, first->before));
            taken.push_back(std::move(node->value));
        }
    }

private:
    struct Node {
        T value;
        Node* before;
    };
    std::atomic<Node*> m_last = nullptr;
};

} // namespace hotspots::service
